# Guided Runbooks: sourced by fish; sources the block and keeps what it leaves.
# In: $argv[1] execution folder, $argv[2] the sh that keeps the environment.
set -g __gr_dir $argv[1]
set -g __gr_sh $argv[2]
set -e argv
function __gr_end --on-event fish_exit
    $__gr_sh $__gr_dir/keep $__gr_dir "$PWD" </dev/null >/dev/null 2>&1
end
source $__gr_dir/block
exit $status
