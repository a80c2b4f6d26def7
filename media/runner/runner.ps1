# Guided Runbooks: runs one approved block on Windows and writes down how it ended.
#
# UNTESTED. This file has been written with care and never been run: no Windows
# and no PowerShell was at hand. It keeps the contract of runner.sh (README.md
# beside it); what it cannot do is listed there.
#
#   powershell.exe -NoProfile -ExecutionPolicy Bypass -File "<execution folder>\run.ps1" <sha256>
#
# Works in Windows PowerShell 5.1 and in PowerShell 7. Text of the block, its
# title, its paths and its inputs is never part of a command line that is parsed.
param([string] $Sha)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$folder = Split-Path -Parent $MyInvocation.MyCommand.Path
$run = Split-Path -Parent $folder
$ascii = New-Object System.Text.ASCIIEncoding
$utf8 = New-Object System.Text.UTF8Encoding($false)
$nonce = ''

# Writes a file in one step: whoever looks sees all of it or none.
function Publish([string] $name, [string[]] $lines) {
  $temporary = Join-Path $folder "$name.$PID"
  $stream = [System.IO.File]::Open($temporary, 'Create', 'Write', 'None')
  try {
    $bytes = $ascii.GetBytes((($lines + 'end') -join "`n") + "`n")
    $stream.Write($bytes, 0, $bytes.Length)
    $stream.Flush($true)
  } finally { $stream.Dispose() }
  # Fails when it is there: only one status is ever written.
  [System.IO.File]::Move($temporary, (Join-Path $folder $name))
}

function Write-Status([string] $result, [string] $carried) {
  Publish 'status' @('guided-runbooks-status 1', "nonce=$nonce", "result=$result", "carried=$carried")
}

function Refuse([string] $reason, [string] $sentence) {
  [Console]::Error.WriteLine("Guided Runbooks: not run: $sentence")
  try { Write-Status "refused $reason" 'no' } catch { [Console]::Error.WriteLine('Guided Runbooks: and this could not be recorded.') }
  exit 125
}

# Makes visible what could drive the terminal or lie about the text.
function Show-Text([string] $text) {
  $out = New-Object System.Text.StringBuilder
  foreach ($c in $text.ToCharArray()) {
    $n = [int] $c
    if ($n -eq 9 -or $n -eq 10) { [void] $out.Append($c) }
    elseif ($n -eq 127) { [void] $out.Append('^?') }
    elseif ($n -lt 32) { [void] $out.Append('^').Append([char] ($n + 64)) }
    elseif (($n -ge 0x80 -and $n -le 0xA0) -or $n -eq 0xAD -or $n -eq 0x61C -or $n -eq 0x180E -or
      ($n -ge 0x200B -and $n -le 0x200F) -or ($n -ge 0x2028 -and $n -le 0x202E) -or
      ($n -ge 0x2060 -and $n -le 0x206F) -or $n -eq 0xFEFF) { [void] $out.AppendFormat('<U+{0:X4}>', $n) }
    else { [void] $out.Append($c) }
  }
  $out.ToString()
}

# The host or an earlier start owns the folder when the directory is there.
$claim = Join-Path $folder 'claim'
try { [void] (New-Item -ItemType Directory -Path $claim) } catch {
  [Console]::Error.WriteLine('Guided Runbooks: not run: this step was already run, or its time to start had passed. Use the panel to run it again.')
  exit 125
}

$params = @{ timeout = '' }
foreach ($line in [System.IO.File]::ReadAllLines((Join-Path $folder 'params'), $ascii)) {
  if ($line -cnotmatch '^(version|nonce|shell|timeout)=([A-Za-z0-9._/-]*)$') { Refuse 'bad-parameters' 'its parameters cannot be read.' }
  $params[$Matches[1]] = $Matches[2]
}
$nonce = $params['nonce']
$shell = $params['shell']
if ($params['version'] -cne '1' -or $nonce.Length -lt 16 -or $params['timeout'] -cnotmatch '^[0-9]{0,8}$') {
  Refuse 'bad-parameters' 'its parameters cannot be read.'
}

$bytes = [System.IO.File]::ReadAllBytes((Join-Path $folder 'block'))
$hasher = [System.Security.Cryptography.SHA256]::Create()
$found = ([System.BitConverter]::ToString($hasher.ComputeHash($bytes)) -replace '-', '').ToLowerInvariant()
if ($found -cne $Sha) { Refuse 'hash-mismatch' 'the commands are not the ones that were approved.' }

switch -CaseSensitive ($shell) {
  'pwsh' {
    $interpreter = Get-Command -CommandType Application -Name 'pwsh.exe', 'powershell.exe' -ErrorAction SilentlyContinue | Select-Object -First 1
  }
  'cmd' { $interpreter = Get-Command -CommandType Application -Name (Join-Path $env:SystemRoot 'System32\cmd.exe') -ErrorAction SilentlyContinue }
  default { Refuse 'unknown-shell' 'this runner does not know the shell that the step asks for.' }
}
if (-not $interpreter) { Refuse 'missing-interpreter' "$shell is not installed, or not on the PATH of this terminal." }

$self = Get-Process -Id $PID
$start = '{0}-windows' -f $self.StartTime.ToUniversalTime().ToFileTimeUtc()
try {
  # Windows has no process groups of this kind; the watcher is this process.
  Publish 'started' @('guided-runbooks-started 1', "nonce=$nonce", "pid=$PID", "group=$PID", "watcher=$PID", "start=$start", 'namespace=')
} catch { Refuse 'cannot-record' 'its start could not be recorded (is the disk full?).' }

$echo = Join-Path $folder 'echo'
if (Test-Path -LiteralPath $echo) { [Console]::Out.Write((Show-Text ([System.IO.File]::ReadAllText($echo, $utf8)))) }
foreach ($line in ($utf8.GetString($bytes).TrimEnd("`n") -split "`n" | Select-Object -First 400)) { [Console]::Out.WriteLine('  ' + (Show-Text $line)) }

# The environment and the directory that the steps before left.
$baseline = @{}
foreach ($entry in [System.Environment]::GetEnvironmentVariables('Process').GetEnumerator()) { $baseline[$entry.Key] = $entry.Value }
$carryFile = Join-Path $folder 'carry'
$carry = if (Test-Path -LiteralPath $carryFile) { [System.IO.File]::ReadAllText($carryFile, $utf8).Trim() } else { 'carry' }
if ($carry -cnotmatch '^carry(-[a-z0-9]+)?$') { Refuse 'bad-parameters' 'its parameters cannot be read.' }
$statePath = Join-Path $run "$carry\state.json"
$state = $null
if (Test-Path -LiteralPath $statePath) {
  try {
    $state = [System.IO.File]::ReadAllText($statePath, $utf8) | ConvertFrom-Json
    foreach ($entry in $state.set.PSObject.Properties) { [System.Environment]::SetEnvironmentVariable($entry.Name, [string] $entry.Value, 'Process') }
    foreach ($name in $state.unset) { [System.Environment]::SetEnvironmentVariable($name, $null, 'Process') }
  } catch { Refuse 'carry-damaged' 'the environment that the steps before left cannot be restored.' }
}
$directory = (Get-Location -PSProvider FileSystem).ProviderPath
$cwdPath = Join-Path $folder 'cwd'
if (Test-Path -LiteralPath $cwdPath) { $directory = [System.IO.File]::ReadAllText($cwdPath, $utf8) }
elseif ($state) { $directory = [string] $state.directory }
if (-not [System.IO.Directory]::Exists($directory)) { Refuse 'cwd-gone' 'the directory to run in does not exist any more.' }
if (Test-Path -LiteralPath $cwdPath) {
  # A junction or a link put in its place since it was approved, at any level.
  $part = New-Object System.IO.DirectoryInfo($directory)
  while ($part) {
    if ($part.Attributes -band [System.IO.FileAttributes]::ReparsePoint) { Refuse 'cwd-changed' 'the directory to run in is not the one that was approved: a link has been put in its place.' }
    $part = $part.Parent
  }
}
$stepOnly = @()
foreach ($file in @(Get-ChildItem -LiteralPath (Join-Path $folder 'env'), (Join-Path $folder 'secret') -File -ErrorAction SilentlyContinue)) {
  $stepOnly += $file.Name
  [System.Environment]::SetEnvironmentVariable($file.Name, [System.IO.File]::ReadAllText($file.FullName, $utf8), 'Process')
}

# What the wrapper has to know goes by file, and not by the environment.
$given = @{ baseline = $baseline; stepOnly = $stepOnly; sticky = @(if ($state) { $state.sticky }) }
[System.IO.File]::WriteAllText((Join-Path $folder 'given.json'), ($given | ConvertTo-Json -Depth 4 -Compress), $utf8)
if ($shell -ceq 'pwsh') {
  # Windows PowerShell reads a script without a mark as the ANSI code page.
  [System.IO.File]::WriteAllText((Join-Path $folder 'block.ps1'), $utf8.GetString($bytes), (New-Object System.Text.UTF8Encoding($true)))
  $arguments = '-NoProfile -ExecutionPolicy Bypass -File "{0}"' -f (Join-Path $folder 'wrap.ps1')
} else {
  [System.IO.File]::WriteAllText((Join-Path $folder 'block.cmd'), ($utf8.GetString($bytes) -replace "`r?`n", "`r`n"), $utf8)
  # /d: no AutoRun; the folder cannot hold % or " (the host refuses such roots).
  $arguments = '/d /v:off /c ""{0}""' -f (Join-Path $folder 'wrap.cmd')
}

$info = New-Object System.Diagnostics.ProcessStartInfo
$info.FileName = $interpreter.Path
$info.Arguments = $arguments
$info.WorkingDirectory = $directory
# The console is shared: no redirection.
$info.UseShellExecute = $false
[Console]::TreatControlCAsInput = $false
# Ctrl-C goes to every process of the console; this one must outlive it.
Add-Type -Namespace GuidedRunbooks -Name Console -MemberDefinition @'
[System.Runtime.InteropServices.DllImport("kernel32.dll", SetLastError = true)]
public static extern bool SetConsoleCtrlHandler(System.IntPtr handler, bool add);
'@
$process = [System.Diagnostics.Process]::Start($info)
# After the start: "ignore Ctrl-C" is inherited by children that are started later.
[void] [GuidedRunbooks.Console]::SetConsoleCtrlHandler([IntPtr]::Zero, $true)
$timedOut = $false
if ($params['timeout'] -ne '') {
  $timedOut = -not $process.WaitForExit([int] [Math]::Min([long] $params['timeout'] * 1000, [int]::MaxValue))
  if ($timedOut) { & (Join-Path $env:SystemRoot 'System32\taskkill.exe') /T /F /PID $process.Id | Out-Null }
}
$process.WaitForExit()
$code = $process.ExitCode
$carried = if (Test-Path -LiteralPath (Join-Path $folder 'carried')) { 'yes' } else { 'no' }
try {
  if ($timedOut) { Write-Status 'timeout' 'no' }
  # Codes of Windows have 32 bits; the low byte alone would make failures look
  # like successes (256 -> 0), so what does not fit is said to be 255.
  elseif ($code -ge 0 -and $code -le 255) { Write-Status "exit $code" $carried }
  else { Write-Status 'exit 255' $carried }
} catch { [Console]::Error.WriteLine("Guided Runbooks: the end of this step (exit code $code) could not be recorded (is the disk full?).") }
Remove-Item -LiteralPath (Join-Path $folder 'given.json'), (Join-Path $folder 'env'), (Join-Path $folder 'secret') -Recurse -Force -ErrorAction SilentlyContinue
if ($timedOut) { exit 124 }
exit $code
