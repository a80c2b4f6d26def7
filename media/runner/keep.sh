#!/bin/sh
# Guided Runbooks: writes down the environment and the directory that a block
# leaves, for the next block of the same run.
#
#   /bin/sh <execution folder>/keep <execution folder> <directory of the block>
#
# The directory is only for one that has been removed: nobody can ask for its
# name any more, and the next block must be told that it has gone.
#
# Started by the wrappers as a child of the block's own shell, so that every
# shell is asked in one dialect: what it has exported is what this process was
# given. What is written is the *difference* to what the block was given, plus
# what earlier blocks had changed: whatever no step has touched (TERM, the
# editor's own variables, a fresh agent's socket) comes from the terminal of the
# day. Exit code 0: written, and the file "carried" says so.
#
# Variables begin with gr_; names that begin so are never carried.

gr_had_path=${PATH+yes} gr_path=${PATH-}
PATH=/usr/bin:/bin:/usr/sbin:/sbin
[ -z "$gr_path" ] || PATH=$PATH:$gr_path
export PATH
umask 077
gr_dir=$1
gr_last=${2-}
gr_run=${gr_dir%/*}
gr_carry=carry
[ ! -f "$gr_dir/carry" ] || IFS= read -r gr_carry <"$gr_dir/carry"
gr_new=$gr_run/$gr_carry/state.$$

# Names that a line of the dump may stand for: all of them, and lines in the
# middle of a value that look alike (those are not set, or not different).
gr_names() {
  LC_ALL=C sed -n 's/^export \([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p
s/^export \([A-Za-z_][A-Za-z0-9_]*\)$/\1/p'
}

# Names that cannot be set or unset where this sh is bash.
gr_read_only() {
  case $1 in
    PPID | SHELLOPTS | BASHOPTS | BASH_VERSINFO) return 0 ;;
    UID | EUID) [ -n "$gr_bash" ] && return 0 ;;
  esac
  return 1
}

# What a shell makes up for itself, and our own names.
gr_mine() {
  case $1 in
    gr_* | __gr_* | _ | PWD | SHLVL | IFS | PS1 | PS2 | PS4 | OPTIND | LINENO | RANDOM | SECONDS) return 0 ;;
    GROUPS | FUNCNAME | DIRSTACK) return 0 ;;
  esac
  gr_read_only "$1"
}

# Where this sh is bash, UID and the like are read-only: they can be exported
# again, but not set (`export UID` is common in plans that use Docker).
gr_bash= gr_exported_ids=
if ! (unset PPID) 2>/dev/null && (export -n UID) 2>/dev/null; then
  gr_bash=yes
  gr_exported_ids=$(export -p | LC_ALL=C sed -n 's/^export \(E\{0,1\}UID\)=.*/\1/p')
  export -n UID EUID PPID SHELLOPTS BASHOPTS 2>/dev/null
fi

gr_left=$(export -p | gr_names)
gr_before=$(gr_names <"$gr_dir/given") || exit 1
IFS= read -r gr_sticky <"$gr_dir/sticky" || exit 1
gr_step_only=
for gr_file in "$gr_dir"/env/*; do gr_step_only="$gr_step_only ${gr_file##*/}"; done
gr_secrets=
if [ -s "$gr_dir/secrets" ]; then
  while IFS= read -r gr_n; do gr_secrets="$gr_secrets $gr_n"; done <"$gr_dir/secrets"
  gr_step_only="$gr_step_only$gr_secrets"
fi
gr_logical=$(pwd -L 2>/dev/null && echo .)
gr_logical=${gr_logical%??}
gr_physical=$(pwd -P 2>/dev/null && echo .)
gr_physical=${gr_physical%??}
case $gr_logical in /*) ;; *) gr_logical=$gr_last ;; esac
case $gr_physical in /*) ;; *) gr_physical=$gr_last ;; esac
[ -n "$gr_physical" ] || exit 1

# Whether the value of the variable $1 holds a secret. As far as the block has
# left the secret itself as it was: nothing else is known here of its value.
gr_holds_secret() {
  for gr_s in $gr_secrets; do
    eval "gr_v=\${gr_D_$1-} gr_w=\${gr_D_$gr_s-}"
    [ -n "$gr_w" ] || continue
    case $gr_v in *"$gr_w"*) return 0 ;; esac
  done
  return 1
}

(
  # Set the block's values aside, take those it was given, and compare.
  for gr_n in $gr_left; do
    gr_mine "$gr_n" && continue
    if [ "$gr_n" = PATH ]; then
      [ -z "$gr_had_path" ] || gr_D_PATH=$gr_path
    else
      eval "[ -z \"\${$gr_n+x}\" ] || gr_D_$gr_n=\$$gr_n"
    fi
    unset "$gr_n"
  done
  for gr_n in _ PWD OLDPWD SHLVL PS1 PS2 PS4; do unset "$gr_n"; done
  . "$gr_dir/given"
  gr_kept=
  gr_unset=
  gr_done=
  # The sticky ones too: what was taken away is in neither list.
  for gr_n in $gr_left $gr_before $gr_sticky; do
    if gr_mine "$gr_n"; then
      # dash cannot take OPTIND away.
      [ "$gr_n" = OPTIND ] || gr_read_only "$gr_n" || unset "$gr_n"
      continue
    fi
    case " $gr_kept $gr_unset $gr_done " in *" $gr_n "*) continue ;; esac
    gr_done="$gr_done $gr_n"
    gr_is_sticky=
    case " $gr_sticky " in *" $gr_n "*) gr_is_sticky=yes ;; esac
    case " $gr_step_only " in
      *" $gr_n "*)
        # This step's own value: the one from before is what lives on.
        if [ -n "$gr_is_sticky" ]; then gr_kept="$gr_kept $gr_n"; else unset "$gr_n"; fi
        continue
        ;;
    esac
    if eval "[ \"\${gr_D_$gr_n+x}\${gr_D_$gr_n-}\" = \"\${$gr_n+x}\${$gr_n-}\" ]" && [ -z "$gr_is_sticky" ]; then
      unset "$gr_n"
    elif [ -n "$gr_secrets" ] && gr_holds_secret "$gr_n"; then
      # What was carried before it got the secret is not carried any more either.
      unset "$gr_n"
      printf ' %s' "$gr_n" >>"$gr_dir/withheld"
    elif eval "[ -n \"\${gr_D_$gr_n+x}\" ]"; then
      eval "$gr_n=\$gr_D_$gr_n"
      export "$gr_n"
      gr_kept="$gr_kept $gr_n"
    else
      unset "$gr_n"
      gr_unset="$gr_unset $gr_n"
    fi
  done
  export gr_logical gr_physical
  export -p
  [ -z "$gr_unset" ] || printf 'unset%s\n' "$gr_unset"
  for gr_n in $gr_exported_ids; do printf 'export %s\n' "$gr_n"; done
  # Names that were taken away stay taken away.
  printf "gr_sticky='%s'\n" "$gr_kept$gr_unset"
  printf 'gr_complete=1\n'
) >"$gr_new" || exit 1
mv -f "$gr_new" "$gr_run/$gr_carry/state" && : >"$gr_dir/carried"
