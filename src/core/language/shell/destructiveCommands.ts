/** A program that destroys something, when its words match. */
export interface Destructive {
  readonly program: RegExp;
  /** Tried on the words of the call, each with a blank in front. */
  readonly words?: RegExp;
  /** Words with which it destroys nothing after all. */
  readonly unless?: RegExp;
  /** What it does, in words that go on from “This ”. */
  readonly does: string;
}

/** Options that only show what would happen. */
const TRIED = / --dry-run(?:[ =]|$)/;

/** What destroys, in one table: to teach it another command, add it here. */
export const DESTRUCTIVE: readonly Destructive[] = [
  { program: /^rm$/, words: / (?:-[A-Za-z]*[rR]|--recursive)/, does: 'removes folders with all that is in them' },
  { program: /^find$/, words: / (?:-delete|-exec rm)(?: |$)/, does: 'removes all files that it finds' },
  { program: /^shred$/, does: 'overwrites files' },
  { program: /^dd$/, words: / of=(?!\/dev\/(?:null|stdout))/, does: 'overwrites a file or a disk' },
  { program: /^(?:mkfs(?:\..*)?|wipefs|blkdiscard)$/, does: 'empties a disk' },
  { program: /^dropdb$/, does: 'removes a database' },
  { program: /^git$/, words: / push(?: .*)? (?:--force(?:-with-lease)?(?:=|$| )|-f(?: |$)|--mirror|--delete)/, unless: / (?:--dry-run|-n)(?: |$)/, does: 'replaces or removes what others have on the server' },
  { program: /^git$/, words: / reset(?: .*)? --hard/, does: 'drops changes that are not committed' },
  { program: /^git$/, words: / clean(?: .*)? -[A-Za-z]*f/, unless: / clean(?: .*)? (?:-[A-Za-z]*n|--dry-run)/, does: 'removes files that git does not know' },
  { program: /^(?:kubectl|oc)$/, words: /^(?: --?[\w-]+(?:=\S+| (?!-)\S+)?)* delete /, unless: / --dry-run| delete (?:pods?|po)[ /]/, does: 'removes objects of the cluster' },
  { program: /^helm$/, words: /^(?: --?[\w-]+(?:=\S+| (?!-)\S+)?)* (?:uninstall|delete) /, unless: TRIED, does: 'removes a release from the cluster' },
  { program: /^(?:terraform|tofu|terragrunt)$/, words: / destroy(?: |$)/, does: 'destroys what is declared' },
  { program: /^(?:terraform|tofu|terragrunt)$/, words: / apply(?: |$)/, does: 'changes or destroys what is declared' },
  { program: /^(?:docker|podman)$/, words: / (?:volume (?:rm|prune)|system prune)(?: |$)/, does: 'removes volumes or images with their content' },
  { program: /^(?:docker|podman)$/, words: / compose(?: .*)? down(?: .*)? (?:-v|--volumes)(?: |$)/, does: 'removes the volumes with their content' },
  { program: /^docker-compose$/, words: / down(?: .*)? (?:-v|--volumes)(?: |$)/, does: 'removes the volumes with their content' },
  { program: /^aws$/, words: / s3 (?:rm(?: .*)? --recursive|rb(?: .*)? --force)(?: |$)/, unless: / --dryrun/, does: 'removes what lies in the bucket' },
  { program: /^aws$/, words: / (?:delete-[a-z-]+|terminate-instances)(?: |$)/, unless: / --dry-run/, does: 'removes something for good' },
  { program: /^gcloud$/, words: / delete(?: |$)/, does: 'removes something for good' },
  { program: /^gsutil$/, words: / rm(?: .*)? -[A-Za-z]*[rR]/, does: 'removes what lies in the bucket' },
  { program: /^redis-cli$/, words: / (?:flushall|flushdb)(?: |$)/i, does: 'empties a database' },
  { program: /^rsync$/, words: / --delete/, unless: / (?:-[A-Za-z]*n[A-Za-z]*|--dry-run)(?: |$)/, does: 'removes at the target what is not at the source' },
  { program: /^(?:userdel|deluser|lvremove|vgremove)$/, does: 'removes something for good' },
  { program: /^(?:zfs|zpool)$/, words: / destroy /, does: 'removes something for good' },
  { program: /^remove-item$/, words: / -r(?:ec(?:urse)?)?(?: |$)/i, unless: / -whatif/i, does: 'removes folders with all that is in them' },
];

/** Programs that are given statements of SQL. */
export const SQL_PROGRAM = /^(?:psql|mysql|mariadb|sqlite3|sqlcmd|cockroach|clickhouse-client|bq|invoke-sqlcmd)$/;
/** Statements that destroy: what drops, empties, or deletes without saying which. */
export const SQL_DESTROYS = /\bdrop\s+(?:table|database|schema|column|view|materialized\s+view|user|role)\b|\btruncate\s+(?:table\s+)?[\w".]+|\bdelete\s+from\s+[\w".]+\s*(?:;|["']?\s*$)/i;

/** What is made anew by itself when it is not there, or was only made for a while: removing it destroys nothing. */
export const MADE_ANEW = /^(?:\/tmp\/|\/var\/tmp\/|\/var\/cache\/|\/dev\/shm\/)[^*]|^"?\$\{?(?:\w+_)?te?mp(?:_?(?:dir|folder|path))?\}?"?(?:\/|$)|(?:^|\/)(?:node_modules|dist|build|coverage|target|out|__pycache__|\.cache|\.pytest_cache|\.next|\.tox|\.?venv|tmp|temp|cache)(?:\/\*?)?$/i;
