# Guided Runbooks: sourced by a POSIX sh; sources the block and keeps what it leaves.
# In: $1 execution folder, $2 the sh that keeps the environment.
# The exit code is the block's, also for `exit 3`, `set -e` and syntax errors.
__gr_dir=$1 __gr_sh=$2 __gr_kept=
shift 2
__gr_keep() {
  [ -z "$__gr_kept" ] || return 0
  __gr_kept=yes
  "$__gr_sh" "$__gr_dir/keep" "$__gr_dir" "${PWD-}" </dev/null >/dev/null 2>&1 || :
}
# The braces hide our own lines from `set -x`.
trap '{ __gr_code=$?; set +ex; __gr_keep; } 2>/dev/null; exit "$__gr_code"' 0
. "$__gr_dir/block"
# Here as well, because a block may have an EXIT trap of its own.
{ __gr_code=$?; set +ex; __gr_keep; } 2>/dev/null
exit "$__gr_code"
