/**
 * Programs and constructs that evaluate a string as a program of their own. A
 * value that is safe in its shell variable is not safe any more once such a
 * string has it inside, and it can get there through any variable, so one of
 * them anywhere in a block is enough.
 */
const PROGRAMS = new Set(
  ('eval source trap alias let declare typeset local readonly unset read mapfile getopts ' +
    'sh bash dash ash ksh mksh zsh csh tcsh fish busybox pwsh powershell powershell.exe cmd cmd.exe wsl ' +
    'ssh scp sftp rsync su runuser sudoedit chroot nsenter xargs parallel crontab tmux screen expect ' +
    'awk gawk mawk nawk sed perl python python2 python3 ruby node nodejs deno bun php lua tclsh osascript Rscript groovy jshell ' +
    'psql mysql mariadb sqlite3 sqlplus sqlcmd mongo mongosh redis-cli cqlsh clickhouse-client bq ' +
    'jq yq make gmake ansible salt gdb vim vi ed m4 dc bc envsubst ssm')
    .split(' '),
);

const CONSTRUCTS: readonly (readonly [RegExp, string])[] = [
  [/\(\(|\$\[|\$\{\w+:[^-=?+}]|\$\{[^}]*\[/, 'arithmetic'],
  [/\$\{!|\$\{[^}]*@[A-Z]\}|\$\{\(/, 'indirect expansion'],
  [/(?:^|[\s;(])\w+\[/m, 'an array index'],
  [/\s-(?:eq|ne|lt|le|gt|ge|v)\s/, 'an arithmetic test'],
  [/\s-[A-Za-z]*c\s|\s--(?:command|eval|execute)[\s=]/, 'an option that takes a program (-c)'],
  [/\s-(?:exec|execdir|ok|e|x|S)\s|\s--exec\b/, 'an option that takes a program (-e, -exec)'],
  [/(?:^|[|;&(])\s*(?:sudo\s+)?(?:at|batch|watch|script|ex)\s/m, 'a command that runs its input'],
  [/\bsudo\s+-[A-Za-z]*[is]\b|\bprint\s+-\w*P|\bprintf\s+-v\b|\bconfig\s+alias/, 'a command that evaluates its argument'],
];

/** The first thing in a block that evaluates strings, in words; null when there is none. */
export function evaluatorIn(text: string): string | null {
  for (const word of text.split(/[\s;|&()<>`"'{}$=]+/)) {
    const name = word.slice(word.lastIndexOf('/') + 1);
    if (PROGRAMS.has(name) && word !== '') return `“${name}”`;
  }
  return CONSTRUCTS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
