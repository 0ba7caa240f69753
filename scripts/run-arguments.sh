# What run knows of its commands without building anything: their help and their arguments. Sourced by it.

# The command's own help where it is built, else the line that run has of it.
command_help() {
    local program=$local_host
    case $1 in
        learn | evaluate) program=$quality ;;
        serve) usage "$0"; return ;;
        reset) printf '%s\n' 'usage: ./run reset [--yes]' '' 'Deletes everything that the system keeps (the folder of DOMAINFLOW_STATE). Asks first, unless it is told --yes; refuses while the system runs.'; return ;;
    esac
    if [ -x "$program" ] && find_dotnet; then
        "$program" "$1" --help | sed -E "s/^  DomainFlow\.(Local|Quality) /  .\/run /"
    else
        usage "$0" | grep -- "^  ./run $1 "
        say 'Its options are listed by the same command once the system is built: ./run builds it.'
    fi
}

# Whether a file is among the words; the word that looks most like one is named if not.
require_file() {
    local word likely=''
    shift
    for word in "$@"; do
        case $word in -*) continue ;; esac
        [ ! -f "$word" ] || return 0
        case $word in *.*) likely=$word ;; esac
    done
    [ -n "$likely" ] || die "$verb needs a file: ./run $verb FILE.csv"
    die "$likely is not there"
}

# Whether an option is among the words.
require_option() {
    local option=$1 word
    shift
    for word in "$@"; do
        case $word in "$option" | "$option="*) return 0 ;; esac
    done
    die "$verb needs $option: ./run $verb --help"
}

check_arguments() {
    local verb=$1 program=$local_host
    shift
    case $verb in
        serve) [ $# -eq 0 ] || die "unknown argument $1: ./run --help" ;;
        reset) [ $# -eq 0 ] || [ "$*" = --yes ] || die "reset takes --yes and nothing else" ;;
        ask) [ -n "${1:-}" ] || die "ask needs a question: ./run ask \"Where are the potholes?\"" ;;
        import) require_file import "$@" ;;
        learn) require_file learn "$@"; require_option --domain "$@" ;;
        evaluate) require_file evaluate "$@"; require_option --template "$@" ;;
        export) require_option --format "$@" ;;
        token) require_option --tenant "$@"; require_option --user "$@" ;;
    esac
    # The program knows all options, where it is built. What run adds itself has to be there.
    local given=("$verb" "$@" --state "$state")
    case $verb in
        serve | reset) return 0 ;;
        learn | evaluate) program=$quality; given=("$verb" "$@"); [ "$verb" = evaluate ] || [[ " $* " == *" --output"[\ =]* ]] || given+=(--output learned.json) ;;
        demo) given+=(--url http://127.0.0.1 --samples samples) ;;
        token) ;;
        import | export) given+=(--url http://127.0.0.1 --folder "$PWD") ;;
        *) given+=(--url http://127.0.0.1) ;;
    esac
    case $program in /*) ;; *) program=$OLDPWD/$program ;; esac
    [ -x "$program" ] && find_dotnet || return 0
    DOMAINFLOW_PARSE_ONLY=1 "$program" "${given[@]}"
}

# Deletes what the system keeps: only a folder that it made, while nothing uses it.
reset_state() {
    [ -d "$state" ] || { say "there is nothing in $state"; return 0; }
    [ ! -L "$state" ] || die "$state is a link: remove what it points to yourself"
    [ -f "$state/lock" ] || die "$state was not made by ./run: nothing is deleted"
    [ ! -e "$state/.git" ] && [ "$(cd "$state" && pwd -P)" != / ] || die "$state is no folder of ./run's own: nothing is deleted"
    exec 9>>"$state/lock"
    flock -n 9 || die "the system is running in $state: stop it first"
    if [ "${1:-}" != --yes ]; then
        [ -t 0 ] || die "this deletes all data in $state: say --yes"
        local answer
        read -r -p "Delete all data in $state? Type yes: " answer
        [ "$answer" = yes ] || { say 'nothing is deleted'; return 0; }
    fi
    scripts/postgres stop "$state/postgres" immediate 9>&- || true
    rm -rf --one-file-system -- "$state"
    say "deleted $state"
}
