# Shared by run, test, verify and publish. Sourced; expects to stand in the repository's root.
set -euo pipefail
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=1 MSBUILDDISABLENODEREUSE=1
# The SDK runs without ICU, which a fresh system lacks; the functions are built invariant anyway.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# A script's own comment at its head, up to its first line of code.
usage() { sed -n '2,${/^#/!q;s/^# \{0,1\}//p}' "$1"; }

# Runs a command as root, or fails with what to type.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo "$@"
    else return 1; fi
}

have_postgres() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1; }

# Installs Debian packages for what is missing; names everything that is missing before it changes anything.
need_system() {
    local missing=()
    have_postgres || missing+=(postgresql)
    command -v openssl >/dev/null || missing+=(openssl)
    command -v setpriv >/dev/null || missing+=(util-linux)
    command -v curl >/dev/null || missing+=(curl)
    [ -e /usr/share/zoneinfo/UTC ] || missing+=(tzdata)
    local package
    for package in "$@"; do
        command -v "${package%%=*}" >/dev/null || missing+=("${package##*=}")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null || die "missing: ${missing[*]} (this system has no apt-get; please install them)"
    as_root true || die "missing: ${missing[*]} (run as root, or: sudo apt-get install ${missing[*]} and PostGIS)"
    say "installing ${missing[*]}"
    local log; log=$(mktemp)
    as_root apt-get update -q >"$log" 2>&1 || { tail -3 "$log" >&2; die 'apt-get update failed'; }
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >"$log" 2>&1 || { tail -5 "$log" >&2; die "apt-get could not install ${missing[*]}"; }
    if ! have_postgres; then
        local version; version=$(ls /usr/lib/postgresql | sort -n | tail -1)
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "postgresql-$version-postgis-3" >"$log" 2>&1 \
            || { tail -5 "$log" >&2; die "apt-get could not install postgresql-$version-postgis-3"; }
    fi
    rm -f "$log"
}

# Whether .NET is on this machine, also where need_dotnet has put it.
find_dotnet() {
    [ -d "$HOME/.dotnet" ] && ! command -v dotnet >/dev/null && export DOTNET_ROOT="$HOME/.dotnet" PATH="$HOME/.dotnet:$PATH"
    command -v dotnet >/dev/null
}

# The .NET SDK that global.json asks for: the one on the machine, or its vendor's install script.
need_dotnet() {
    find_dotnet && dotnet --version >/dev/null 2>&1 && return 0
    local script; script=$(mktemp)
    curl -fsSL --max-time 30 https://dot.net/v1/dotnet-install.sh -o "$script" 2>/dev/null \
        || die 'the .NET 10 SDK is not installed, and its install script could not be reached (https://dot.net/v1/dotnet-install.sh)'
    say 'installing the .NET SDK into ~/.dotnet'
    bash "$script" --channel 10.0 --install-dir "$HOME/.dotnet" >/dev/null || die 'the .NET SDK could not be installed'
    export DOTNET_ROOT="$HOME/.dotnet" PATH="$HOME/.dotnet:$PATH"
}

# Every few seconds, how far a build is, from its log. Ends with the script that waits for the build.
build_progress() {
    local started=$SECONDS
    while sleep 5 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
        say "  $(grep -c -- ' -> ' "$1" || true) projects built, $((SECONDS - started)) s"
    done
}

# Builds a solution or a filter of it unless nothing changed since it was last built. Style is not looked at: ./verify style does.
build() {
    local what=$1 stamp=".build/$1.stamp"
    bash scripts/probe-packages
    if [ -f "$stamp" ] && [ -z "$(find functions infra tests samples Directory.* BannedSymbols.txt global.json .build/StandIns.props "$what" -newer "$stamp" -type f -not -path '*/node_modules/*' -print -quit 2>/dev/null)" ]; then
        return 0
    fi
    say "building $what$([ -d artifacts/bin ] || printf ' (the first time takes some minutes)')"
    local log; log=$(mktemp)
    build_progress "$log" &
    local progress=$! built=well
    dotnet build "$what" -c Release -v minimal -nologo -p:WarningLevel=4 -p:EnforceCodeStyleInBuild=false >"$log" 2>&1 || built=badly
    kill "$progress" 2>/dev/null || true
    wait "$progress" 2>/dev/null || true
    [ $built = well ] || { grep -E 'error|warning' "$log" | sort -u | head -20 >&2; die "the build of $what failed"; }
    rm -f "$log"
    mkdir -p .build; touch "$stamp"
}

# A test project that was built, with its results in a TRX file; what follows goes to the runner. By its assembly: the project would be
# evaluated once more.
run_test_project() {
    local name=$1 results=$2
    shift 2
    dotnet test "artifacts/bin/$name/release/DomainFlow.$name.dll" --logger "trx;LogFileName=$results" "$@"
}

# Makes the functions' zips in a folder.
zips() {
    local option=()
    ! grep -q '<UseStandIns>true' .build/StandIns.props || option=(--stand-ins)
    # From nothing: what a build left behind must not make two runs alike.
    rm -rf artifacts/publish-build
    ./publish "${option[@]}" --output "$1"
}

# Publishes the functions and unzips them into $out/functions, unless nothing changed since.
published_functions() {
    if [ -f "$out/functions.stamp" ] && [ -z "$(find functions Directory.* global.json publish .build/StandIns.props -newer "$out/functions.stamp" -type f -print -quit)" ]; then
        return 0
    fi
    rm -rf "$out/first" "$out/functions"
    zips "$out/first"
    local zip
    for zip in "$out"/first/*.zip; do
        dotnet artifacts/bin/Publish/release/DomainFlow.Publish.dll --unzip "$zip" "$out/functions/$(basename "$zip" .zip)"
    done
    touch "$out/functions.stamp"
}
