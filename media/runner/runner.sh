#!/bin/sh
# Guided Runbooks: runs one approved block and writes down how it ended.
#
#   ///bin/sh '<execution folder>/run' <sha256 of the file "block" beside it>
#
# This file is copied as `run` into the private folder of one execution. What it
# reads there, what it writes there and in which order is told in README.md
# beside it. POSIX sh, and tools that a bare Debian or macOS has.
#
# Nothing of the block, its title, its paths or its inputs is ever part of a
# command line that a shell parses: they are files, read or sourced by name.
# Variables begin with gr_ so that they cannot change an exported one.
#
# Exit codes: that of the block; 124 timeout; 125 not run; 129 hang-up;
# 143 terminated.

gr_umask=$(umask)
umask 077
gr_sha=${1-}
gr_dir=${0%/*}
gr_run=${gr_dir%/*}
gr_signal=
gr_interrupted=
gr_watcher=
gr_nonce=
gr_version=
gr_shell=
gr_timeout=
gr_sh=/bin/sh
gr_carry=carry

# A handler, not "ignore": the block must start with the default disposition,
# and an ignored signal would be inherited.
trap 'gr_interrupted=1' INT
trap ':' QUIT
trap 'gr_signal=${gr_signal:-HUP}' HUP
trap 'gr_signal=${gr_signal:-TERM}' TERM

gr_say() { printf 'Guided Runbooks: %s\n' "$1" >&2; }

# Puts text ($2) into the file $1 of the folder in one step: whoever looks sees
# all of it or none. Fails when the disk does not take it.
gr_publish() {
  {
    printf '%s\nend\n' "$2" >"$gr_dir/$1.$$" || return 1
    # Only GNU and busybox know how to sync one file; elsewhere the words would
    # mean "sync every disk". What a power cut loses then is read as "lost".
    if [ "$gr_linux" = yes ]; then sync "$gr_dir/$1.$$" || :; fi
    mv -f "$gr_dir/$1.$$" "$gr_dir/$1"
  } 2>/dev/null
}

# Writes the status ($1 result, $2 carried yes|no) unless the watcher has.
gr_write_status() {
  if ! mkdir "$gr_dir/finish" 2>/dev/null && [ -d "$gr_dir/finish" ]; then
    return 0
  fi
  gr_text="guided-runbooks-status 1
nonce=$gr_nonce
result=$1
carried=$2"
  gr_publish status "$gr_text" && return 0
  # A full disk may have room once our own files have gone.
  gr_tidy
  gr_publish status "$gr_text"
}

# Ends before the block has begun. $1: a word for the host, $2: a sentence.
gr_refuse() {
  trap '' INT QUIT HUP TERM
  gr_say "not run: $2"
  gr_dismiss
  gr_write_status "refused $1" no || gr_say 'and this could not be recorded.'
  gr_tidy
  exit 125
}

gr_read_params() {
  while IFS='=' read -r gr_key gr_value; do
    case $gr_key$gr_value in
      *[!A-Za-z0-9._/-]*) return 1 ;;
    esac
    case $gr_key in
      version) gr_version=$gr_value ;;
      nonce) gr_nonce=$gr_value ;;
      shell) gr_shell=$gr_value ;;
      timeout) gr_timeout=$gr_value ;;
      sh) gr_sh=$gr_value ;;
      *) return 1 ;;
    esac
  done <"$gr_dir/params"
  case $gr_timeout in *[!0-9]* | ?????????*) return 1 ;; esac
  [ "$gr_version" = 1 ] && [ "${#gr_nonce}" -ge 16 ]
}

# Sets gr_found to the SHA-256 of the block. Fails when nothing can compute it.
gr_hash() {
  if command -v sha256sum >/dev/null 2>&1; then
    set -- $(sha256sum <"$gr_dir/block")
  elif command -v shasum >/dev/null 2>&1; then
    set -- $(shasum -a 256 <"$gr_dir/block")
  elif command -v openssl >/dev/null 2>&1; then
    set -- $(openssl dgst -sha256 -r <"$gr_dir/block")
  else
    return 1
  fi
  gr_found=${1-}
}

# Sets gr_group, gr_start and gr_namespace: what tells this process from a later
# one with the same number.
gr_identify() {
  gr_linux=no gr_namespace='' gr_start='' gr_group=''
  if [ -r "/proc/$$/stat" ] && IFS= read -r gr_stat <"/proc/$$/stat"; then
    gr_linux=yes
    # Counted from behind the name in parentheses, which may hold anything.
    set -- ${gr_stat##*\)}
    gr_group=$3
    shift 19
    gr_boot=
    { IFS= read -r gr_boot </proc/sys/kernel/random/boot_id; } 2>/dev/null
    gr_start=$1@$gr_boot
    gr_namespace=$(readlink /proc/self/ns/pid 2>/dev/null)
  else
    set -- $(LC_ALL=C TZ=UTC0 ps -o pgid= -o lstart= -p "$$" 2>/dev/null)
    gr_group=${1-}
    [ "$#" -gt 1 ] || return 1
    shift
    gr_start=$1
    shift
    for gr_word in "$@"; do gr_start=${gr_start}_$gr_word; done
  fi
  [ -n "$gr_group" ] && [ -n "$gr_start" ]
}

# The watcher: a background child in the same process group that ends the group
# on hang-up, on TERM, on timeout, and when the runner itself has been killed.
# The runner cannot: a shell that waits for a foreground child puts its traps
# off until that child has ended. Dismissed with USR1 when the block ends.
gr_watch() {
  gr_why=
  trap '' INT QUIT
  trap 'gr_why=${gr_why:-HUP}' HUP
  trap 'gr_why=${gr_why:-TERM}' TERM
  trap 'kill "$!" 2>/dev/null; exit 0' USR1
  # $$ stays the runner's number in a subshell; a child knows ours.
  "$gr_sh" -c 'echo "$PPID"' >"$gr_dir/watching"
  IFS= read -r gr_watcher_pid <"$gr_dir/watching"
  gr_left=$gr_timeout
  while [ -z "$gr_why" ]; do
    sleep 1 &
    wait "$!"
    # Seconds are counted, not read from a clock that may be set, and do not
    # run while the step is suspended with Ctrl-Z.
    if [ -z "$gr_why" ] && [ -n "$gr_left" ]; then
      gr_left=$((gr_left - 1))
      [ "$gr_left" -gt 0 ] || gr_why=timeout
    fi
    kill -0 "$$" 2>/dev/null || gr_why=${gr_why:-gone}
  done
  trap '' HUP TERM USR1
  case $gr_why in
    timeout) gr_result=timeout ;;
    *) gr_result="signal $gr_why" ;;
  esac
  [ "$gr_why" = gone ] || printf '%s\n' "$gr_result" >"$gr_dir/ending"
  gr_kill_all TERM
  sleep 2
  if [ "$gr_why" != gone ] && kill -0 "$$" 2>/dev/null; then
    if mkdir "$gr_dir/finish" 2>/dev/null; then
      rmdir "$gr_dir/finish"
      gr_write_status "$gr_result" no
    else
      # The runner is writing it at this moment.
      sleep 1
    fi
  fi
  gr_kill_all KILL
}

# Sends signal $1 to everything that the block has started and that is still in
# the group; to the watcher and the runner as well, which know how to take TERM.
gr_kill_all() {
  if [ "$gr_group" = "$$" ]; then
    kill "-$1" 0 2>/dev/null
    kill -CONT 0 2>/dev/null
    return
  fi
  # The terminal's shell has no job control and shares its group with us, so
  # the group must not be touched: the tree of descendants is what remains.
  for gr_pid in $(gr_descendants); do kill "-$1" "$gr_pid" 2>/dev/null; done
}

# Prints the runner's descendants without the watcher and its children.
gr_descendants() {
  ps -A -o pid= -o ppid= | LC_ALL=C awk -v root="$$" -v not="$gr_watcher_pid" '
    { parent[$1] = $2 }
    END {
      for (p in parent) {
        n = 0
        for (q = p; q != root && q != not && (q in parent) && n < 999; n++) q = parent[q]
        if (q == root && p != root) print p
      }
    }'
}

# Ends the watcher without a trace. When it has already begun to end the group,
# this waits for it, and does not come back.
gr_dismiss() {
  [ -n "$gr_watcher" ] || return 0
  kill -USR1 "$gr_watcher" 2>/dev/null
  wait "$gr_watcher" 2>/dev/null
  gr_watcher=
}

# What only this execution needed, and what may hold secrets.
gr_tidy() {
  rm -rf "$gr_dir/given" "$gr_dir/env" "$gr_dir/secret" "$gr_dir/show.sed" "$gr_dir/pipe" "$gr_dir/copy" 2>/dev/null
}

# A sed script that makes everything visible that could drive the terminal or
# lie about the text: control characters, C1, bidirectional and zero-width ones.
gr_write_show() {
  printf 's/\001/^A/g
s/\002/^B/g
s/\003/^C/g
s/\004/^D/g
s/\005/^E/g
s/\006/^F/g
s/\007/^G/g
s/\010/^H/g
s/\013/^K/g
s/\014/^L/g
s/\015/^M/g
s/\016/^N/g
s/\017/^O/g
s/\020/^P/g
s/\021/^Q/g
s/\022/^R/g
s/\023/^S/g
s/\024/^T/g
s/\025/^U/g
s/\026/^V/g
s/\027/^W/g
s/\030/^X/g
s/\031/^Y/g
s/\032/^Z/g
s/\033/^[/g
s/\034/^\\\\/g
s/\035/^]/g
s/\036/^^/g
s/\037/^_/g
s/\177/^?/g
s/\302[\200-\237]/<C1>/g
s/\302\240/<U+00A0>/g
s/\302\255/<U+00AD>/g
s/\330\234/<U+061C>/g
s/\341\240\216/<U+180E>/g
s/\342\200\213/<U+200B>/g
s/\342\200\214/<U+200C>/g
s/\342\200\215/<U+200D>/g
s/\342\200\216/<U+200E>/g
s/\342\200\217/<U+200F>/g
s/\342\200\250/<U+2028>/g
s/\342\200\251/<U+2029>/g
s/\342\200\252/<U+202A>/g
s/\342\200\253/<U+202B>/g
s/\342\200\254/<U+202C>/g
s/\342\200\255/<U+202D>/g
s/\342\200\256/<U+202E>/g
s/\342\201[\240-\257]/<U+206x>/g
s/\357\273\277/<U+FEFF>/g
s/\363\240[\200\201][\200-\277]/<U+E00xx>/g
' >"$gr_dir/show.sed"
}

# Shows the heading and the block, so that the terminal tells what runs.
gr_show() {
  gr_dim='' gr_plain=''
  if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
    gr_dim=$(printf '\033[2m') gr_plain=$(printf '\033[0m')
  fi
  if [ -s "$gr_dir/echo" ]; then
    LC_ALL=C sed -f "$gr_dir/show.sed" -e "s/^/$gr_dim/" -e "s/\$/$gr_plain/" <"$gr_dir/echo"
  fi
  LC_ALL=C sed -e '401,$d' -f "$gr_dir/show.sed" -e 's/^/  /' <"$gr_dir/block"
  # sed keeps a last line without its newline as it is.
  [ -z "$(tail -c 1 "$gr_dir/block" | tr -d '\000')" ] || echo
  gr_lines=$(wc -l <"$gr_dir/block")
  [ "$gr_lines" -le 400 ] || printf '  %s... %s more lines%s\n' "$gr_dim" "$((gr_lines - 400))" "$gr_plain"
}

# Standard output goes through a pipe, to the terminal and up to a limit into the
# file "captured"; one byte more than the limit tells the host that it was more.
# Only for a block whose output is asked for as a value: it has no tty there.
gr_capture() {
  for gr_word in mkfifo tee dd; do command -v "$gr_word" >/dev/null 2>&1 || return 1; done
  mkfifo "$gr_dir/pipe" "$gr_dir/copy" 2>/dev/null || return 1
  # Ctrl-C is for the block; what it prints on its way out is still wanted.
  (
    trap '' INT QUIT
    # Byte by byte: nothing may stay in a buffer when the pipe does not end.
    { dd bs=1 count=65537 2>/dev/null || rm -f "$gr_dir/captured"; cat >/dev/null; } <"$gr_dir/copy" >"$gr_dir/captured"
    : >"$gr_dir/drained"
  ) </dev/null 2>/dev/null &
  (
    trap '' INT QUIT
    exec tee "$gr_dir/copy" <"$gr_dir/pipe"
  ) 2>/dev/null &
}

# Waits until the pipe has run dry; not for long, since what the block has left
# in the background may hold it.
gr_drain() {
  gr_left=60
  while [ ! -e "$gr_dir/drained" ] && [ "$gr_left" -gt 0 ]; do
    gr_left=$((gr_left - 1))
    sleep 0.05 2>/dev/null || { sleep 1; gr_left=$((gr_left - 19)); }
  done
}

# In the subshell that becomes the interpreter. What goes wrong before the
# interpreter has been started is told in the file "refusal".
gr_enter() {
  # An unreadable state makes the shell leave at once, through this trap.
  trap 'printf "%s\n" carry-damaged >"$gr_dir/refusal"' 0
  trap - INT QUIT HUP TERM
  gr_complete='' gr_sticky='' gr_logical='' gr_physical=''
  if [ -f "$gr_run/$gr_carry/state" ]; then
    . "$gr_run/$gr_carry/state"
    [ "$gr_complete" = 1 ] || exit 125
  fi
  trap 'printf "%s\n" cwd-gone >"$gr_dir/refusal"' 0
  if [ -f "$gr_dir/cwd" ]; then
    gr_to=$(cat "$gr_dir/cwd" && echo .)
    gr_to=${gr_to%.}
    cd -P "$gr_to" 2>/dev/null || exit 125
    # Somebody may have put a symbolic link there since it was approved.
    trap 'printf "%s\n" cwd-changed >"$gr_dir/refusal"' 0
    gr_here=$(pwd -P && echo .)
    [ "x$gr_here" = "x$gr_to
." ] || exit 125
  elif [ -n "$gr_logical" ]; then
    cd "$gr_logical" 2>/dev/null || cd -P "$gr_physical" 2>/dev/null || exit 125
    gr_here=$(pwd -P && echo .)
    # The name may lead elsewhere by now (current -> release-2); a shell that
    # had stayed open would still be in the old place.
    [ "x$gr_here" = "x$gr_physical
." ] || cd -P "$gr_physical" 2>/dev/null || exit 125
  fi
  unset gr_logical gr_physical gr_complete
  trap 'printf "%s\n" environment >"$gr_dir/refusal"' 0
  printf '%s\n' "$gr_sticky" >"$gr_dir/sticky"
  # Where this sh is bash some names are read-only and could not be read back.
  (
    if ! (unset PPID) 2>/dev/null && (export -n UID) 2>/dev/null; then
      export -n UID EUID PPID SHELLOPTS BASHOPTS 2>/dev/null
    fi
    export -p
  ) >"$gr_dir/given"
  # A step may have left a PATH on which nothing is found: hence command -p.
  for gr_file in "$gr_dir"/env/*; do
    [ -f "$gr_file" ] || continue
    gr_name=${gr_file##*/}
    gr_value=$(command -p cat "$gr_file" && echo .) || exit 125
    export "$gr_name=${gr_value%.}"
  done
  # Secrets are off the disk before the block begins; keep is told their names.
  for gr_file in "$gr_dir"/secret/*; do
    [ -f "$gr_file" ] || continue
    gr_name=${gr_file##*/}
    gr_value=$(command -p cat "$gr_file" && echo .) || exit 125
    export "$gr_name=${gr_value%.}"
    printf '%s\n' "$gr_name" >>"$gr_dir/secrets" || exit 125
  done
  command -p rm -rf "$gr_dir/secret" || exit 125
  unset gr_value
  if [ "$gr_shell" = program ]; then
    trap 'printf "%s\n" missing-program >"$gr_dir/refusal"' 0
    set --
    while IFS= read -r gr_word; do set -- "$@" "$gr_word"; done <"$gr_dir/program"
    # Where the steps before may have put it: a virtual environment, for one.
    gr_interpreter=$(command -v "$1" 2>/dev/null)
    case $gr_interpreter in /*) ;; *) exit 125 ;; esac
    [ -f "$gr_interpreter" ] && [ -x "$gr_interpreter" ] || exit 125
    case $1 in
      /*)
        trap 'printf "%s\n" program-changed >"$gr_dir/refusal"' 0
        gr_at=$(cd -P "${1%/*}/" && pwd -P)
        [ ! -L "$1" ] && [ "x${gr_at%/}/${1##*/}" = "x$1" ] || exit 125
        ;;
    esac
    shift
    # It cannot change what later blocks get: that stays as it was.
    : >"$gr_dir/carried" || exit 125
    unset gr_word
    umask "$gr_umask"
    trap - 0
    exec "$gr_interpreter" "$@" "$gr_dir/block"
  fi
  umask "$gr_umask"
  trap - 0
  case $gr_shell in
    fish) exec "$gr_interpreter" --no-config -c 'source $argv[1]/wrap $argv' "$gr_dir" "$gr_sh" ;;
    zsh) exec "$gr_interpreter" -f -c '. "$1/wrap"' block "$gr_dir" "$gr_sh" ;;
    pwsh) exec "$gr_interpreter" -NoProfile -File "$gr_dir/wrap.ps1" ;;
    *) exec "$gr_interpreter" -c '. "$1/wrap"' block "$gr_dir" "$gr_sh" ;;
  esac
}

# ---------------------------------------------------------------------------

case $gr_dir in
  /*) ;;
  *) gr_say 'this has to be started with its whole path.'; exit 125 ;;
esac
# Whoever makes this directory owns the execution: the runner, or the host that
# has given up waiting. It also stops the line from being run again out of the
# shell's history.
if ! mkdir "$gr_dir/claim" 2>/dev/null; then
  if [ -d "$gr_dir/claim" ]; then
    gr_say 'not run: this step was already run, or its time to start had passed. Use the panel to run it again.'
  else
    gr_say 'not run: its folder is missing or cannot be written.'
  fi
  exit 125
fi
gr_linux=no
gr_read_params || gr_refuse bad-parameters 'its parameters cannot be read.'
# A block with a terminal of its own has what it is given, and leaves, to itself.
[ ! -f "$gr_dir/carry" ] || IFS= read -r gr_carry <"$gr_dir/carry"
case $gr_carry in carry | carry-*) ;; *) gr_refuse bad-parameters 'its parameters cannot be read.' ;; esac
case $gr_carry in */*) gr_refuse bad-parameters 'its parameters cannot be read.' ;; esac
gr_identify || gr_refuse no-identity 'this system does not tell when a process was started.'
gr_hash || gr_refuse no-sha256 'sha256sum, shasum or openssl is needed to check the commands, and none was found.'
[ -n "$gr_sha" ] && [ "$gr_found" = "$gr_sha" ] ||
  gr_refuse hash-mismatch 'the commands are not the ones that were approved.'
case $gr_shell in
  bash | sh | zsh | fish | pwsh | program) ;;
  *) gr_refuse unknown-shell 'this runner does not know the shell that the step asks for.' ;;
esac
gr_interpreter=$(command -v "$gr_shell" 2>/dev/null)
[ "$gr_shell" != program ] || gr_interpreter=/later
case $gr_interpreter in
  /*) ;;
  *) gr_refuse missing-interpreter "$gr_shell is not installed, or not on the PATH of this terminal." ;;
esac

gr_watch </dev/null >/dev/null 2>&1 &
gr_watcher=$!
gr_publish started "guided-runbooks-started 1
nonce=$gr_nonce
pid=$$
group=$gr_group
watcher=$gr_watcher
start=$gr_start
namespace=$gr_namespace" || gr_refuse cannot-record 'its start could not be recorded (is the disk full?).'
gr_write_show
gr_show
gr_tty=$(stty -g 2>/dev/null)
# Not before somebody watches.
while [ ! -e "$gr_dir/watching" ] && kill -0 "$gr_watcher" 2>/dev/null; do
  sleep 0.02 2>/dev/null || sleep 1
done

gr_code=
gr_captures=
if [ -e "$gr_dir/capture" ]; then
  gr_captures=yes
  gr_capture || gr_refuse no-capture 'mkfifo, tee and dd are needed to capture what it prints.'
fi
if [ -z "$gr_signal$gr_interrupted" ]; then
  if [ -n "$gr_captures" ]; then
    (gr_enter) >"$gr_dir/pipe"
  else
    (gr_enter)
  fi
  gr_code=$?
fi

# From here on nothing may interrupt; what is started now inherits this.
trap '' INT QUIT HUP TERM TSTP TTOU
if [ -z "$gr_code" ] && [ -z "$gr_signal" ]; then
  gr_refuse interrupted 'interrupted before the commands had begun.'
fi
[ -z "$gr_captures" ] || [ -n "$gr_signal" ] || gr_drain
if [ -s "$gr_dir/refusal" ]; then
  IFS= read -r gr_why <"$gr_dir/refusal"
  case $gr_why in
    cwd-gone) gr_refuse cwd-gone 'the directory to run in does not exist any more.' ;;
    missing-program) gr_refuse missing-program 'the program of its interpreter= is not installed, or not on the PATH of this run.' ;;
    program-changed) gr_refuse program-changed 'its interpreter is not the file that was approved: a link has been put in its place.' ;;
    cwd-changed) gr_refuse cwd-changed 'the directory to run in is not the one that was approved: a link has been put in its place.' ;;
    *) gr_refuse "$gr_why" 'the environment that the steps before left cannot be restored.' ;;
  esac
fi
gr_carried=no
[ ! -e "$gr_dir/carried" ] || gr_carried=yes
if [ -s "$gr_dir/withheld" ]; then
  IFS= read -r gr_names <"$gr_dir/withheld"
  gr_say "not kept for later steps, because it holds a secret:$gr_names"
fi
# On hang-up and TERM the watcher stays, to end what refuses to go.
[ -n "$gr_signal" ] || gr_dismiss
if [ -s "$gr_dir/ending" ]; then
  IFS= read -r gr_result <"$gr_dir/ending"
elif [ -n "$gr_signal" ]; then
  gr_result="signal $gr_signal"
else
  gr_result="exit $gr_code"
fi
gr_write_status "$gr_result" "$gr_carried" ||
  gr_say "the end of this step ($gr_result) could not be recorded (is the disk full?)."
gr_tidy
case $gr_result in
  timeout)
    gr_say "stopped after $gr_timeout seconds (timeout)."
    gr_code=124
    ;;
  'signal HUP') gr_code=129 ;;
  'signal TERM') gr_code=143 ;;
esac
# A program that was killed may have left the terminal without echo.
[ "$gr_code" -le 128 ] || [ -z "$gr_tty" ] || [ -n "$gr_signal" ] || stty "$gr_tty" 2>/dev/null
exit "$gr_code"
