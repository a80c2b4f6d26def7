# Guided Runbooks: runs a PowerShell block and keeps what it leaves.
#
# UNTESTED: see runner.ps1. On Linux and macOS runner.sh starts this file with
# pwsh; there the environment is kept by keep.sh, as for every other shell.
#
# Exit code: that of `exit`; else that of the last native program; 1 after an
# error that ended the block.
$global:__grFolder = Split-Path -Parent $MyInvocation.MyCommand.Path
$global:__grOnWindows = [System.IO.Path]::DirectorySeparatorChar -eq '\'
$global:LASTEXITCODE = 0
$__grCode = 1
$__grFine = $false
try {
  if ($global:__grOnWindows) {
    . (Join-Path $global:__grFolder 'block.ps1')
    $__grFine = $?
  } else {
    . ([scriptblock]::Create([System.IO.File]::ReadAllText((Join-Path $global:__grFolder 'block'))))
    $__grFine = $?
  }
  $__grCode = if ($global:LASTEXITCODE) { $global:LASTEXITCODE } elseif ($__grFine) { 0 } else { 1 }
} catch {
  $_ | Out-String | ForEach-Object { [Console]::Error.Write($_) }
  $__grCode = 1
} finally {
  # Reached by `exit` as well; the code that it gave is then kept by PowerShell.
  try {
    $__grHere = (Get-Location -PSProvider FileSystem).ProviderPath
    if ($global:__grOnWindows) {
      & (Join-Path $global:__grFolder 'keep.ps1') $global:__grFolder $__grHere
    } else {
      [System.Environment]::CurrentDirectory = $__grHere
      & '/bin/sh' (Join-Path $global:__grFolder 'keep') $global:__grFolder $__grHere *> $null
    }
  } catch { }
}
exit $__grCode
