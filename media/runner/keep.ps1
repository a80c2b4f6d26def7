# Guided Runbooks: writes down the environment and the directory that a block
# leaves on Windows, for the next block of the same run. UNTESTED: see runner.ps1.
#
# In: the execution folder, the block's directory. What is kept is the difference
# to what the terminal gave, and what earlier blocks had changed.
param([string] $Folder, [string] $Directory)
$ErrorActionPreference = 'Stop'
$Folder = [System.IO.Path]::GetFullPath($Folder).TrimEnd('\')
$utf8 = New-Object System.Text.UTF8Encoding($false)
$given = [System.IO.File]::ReadAllText((Join-Path $Folder 'given.json'), $utf8) | ConvertFrom-Json
$baseline = @{}
foreach ($entry in $given.baseline.PSObject.Properties) { $baseline[$entry.Name] = [string] $entry.Value }
$now = @{}
foreach ($entry in [System.Environment]::GetEnvironmentVariables('Process').GetEnumerator()) { $now[$entry.Key] = $entry.Value }
$set = @{}
$unset = @()
$sticky = @($given.sticky)
foreach ($name in @(@($now.Keys) + @($baseline.Keys) + $sticky | Sort-Object -Unique)) {
  if (-not $name -or $name -like '__gr*' -or $given.stepOnly -contains $name -or $name -eq 'PROMPT') { continue }
  $same = $now.ContainsKey($name) -eq $baseline.ContainsKey($name) -and $now[$name] -ceq $baseline[$name]
  if ($same -and $sticky -notcontains $name) { continue }
  if ($now.ContainsKey($name)) { $set[$name] = $now[$name] } else { $unset += $name }
}
$state = @{ directory = $Directory; set = $set; unset = $unset; sticky = @($set.Keys) + $unset }
$carryFile = Join-Path $Folder 'carry'
$carry = if (Test-Path -LiteralPath $carryFile) { [System.IO.File]::ReadAllText($carryFile, $utf8).Trim() } else { 'carry' }
$target = Join-Path (Split-Path -Parent $Folder) "$carry\state.json"
$temporary = "$target.$PID"
[System.IO.File]::WriteAllText($temporary, ($state | ConvertTo-Json -Depth 4 -Compress), $utf8)
if ([System.IO.File]::Exists($target)) { [System.IO.File]::Replace($temporary, $target, $null) } else { [System.IO.File]::Move($temporary, $target) }
[System.IO.File]::WriteAllText((Join-Path $Folder 'carried'), '')
