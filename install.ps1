# Installs partner-docs on Windows: downloads the binary of a release, and puts it in place if its checksum is right.
#
#   PARTNER_DOCS_VERSION   the release, such as 0.1.0; the newest if it isn't set
#   PARTNER_DOCS_FOLDER    where to put it; %LOCALAPPDATA%\Programs\partner-docs if it isn't set
#   PARTNER_DOCS_RELEASES  the URL of the releases
$ErrorActionPreference = 'Stop'

$releases = if ($env:PARTNER_DOCS_RELEASES) { $env:PARTNER_DOCS_RELEASES } else { 'https://example.org/partner-docs/source/releases' }
$folder = if ($env:PARTNER_DOCS_FOLDER) { $env:PARTNER_DOCS_FOLDER } else { Join-Path $env:LOCALAPPDATA 'Programs\partner-docs' }
$release = if ($env:PARTNER_DOCS_VERSION) { "$releases/download/v$($env:PARTNER_DOCS_VERSION)" } else { "$releases/latest/download" }
$archive = 'partner-docs-x86_64-pc-windows-msvc.tar.gz'

# In a folder of its own, so that nothing of a failed download stays.
$work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
New-Item -ItemType Directory -Path $work | Out-Null
try {
    foreach ($file in $archive, 'SHA256SUMS') {
        Invoke-WebRequest -UseBasicParsing -Uri "$release/$file" -OutFile (Join-Path $work $file)
    }
    $line = Get-Content (Join-Path $work 'SHA256SUMS') | Where-Object { $_.EndsWith("  $archive") }
    $expected = "$line".Split(' ')[0]
    $actual = (Get-FileHash -Algorithm SHA256 (Join-Path $work $archive)).Hash.ToLowerInvariant()
    if ($actual -ne $expected) {
        throw "partner-docs was not installed: $archive has the checksum $actual, and '$expected' was expected"
    }
    tar -xzf (Join-Path $work $archive) -C $work
    New-Item -ItemType Directory -Force -Path $folder | Out-Null
    Move-Item -Force (Join-Path $work 'partner-docs.exe') (Join-Path $folder 'partner-docs.exe')
} finally {
    Remove-Item -Recurse -Force $work
}
Write-Output "partner-docs is now in $folder"
if (-not (";$env:Path;".Contains(";$folder;"))) {
    Write-Output 'add that folder to PATH to run it by its name'
}
