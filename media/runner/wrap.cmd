@rem Guided Runbooks: runs a cmd block and keeps what it leaves. UNTESTED: see runner.ps1.
@call "%~dp0block.cmd"
@set "__gr_code=%ERRORLEVEL%"
@powershell.exe -NoProfile -ExecutionPolicy Bypass -File "%~dp0keep.ps1" "%~dp0." "%CD%" >nul 2>&1
@exit %__gr_code%
