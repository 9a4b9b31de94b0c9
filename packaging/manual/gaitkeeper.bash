# bash completion for gaitkeeper
_gaitkeeper() {
	local current=${COMP_WORDS[COMP_CWORD]} path= word words
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case "$path/$word" in
		/init) path=/init ;;
		/serve) path=/serve ;;
		/sync) path=/sync ;;
		/import) path=/import ;;
		/runs) path=/runs ;;
		/explain) path=/explain ;;
		/backtest) path=/backtest ;;
		/pain) path=/pain ;;
		/pain/add) path=/pain/add ;;
		/pain/list) path=/pain/list ;;
		/pain/remove) path=/pain/remove ;;
		/answer) path=/answer ;;
		/check) path=/check ;;
		/notify) path=/notify ;;
		/notify/test) path=/notify/test ;;
		/report) path=/report ;;
		/strava) path=/strava ;;
		/strava/login) path=/strava/login ;;
		/strava/status) path=/strava/status ;;
		/strava/logout) path=/strava/logout ;;
		/status) path=/status ;;
		/health) path=/health ;;
		/exclude) path=/exclude ;;
		/pause) path=/pause ;;
		/resume) path=/resume ;;
		/export) path=/export ;;
		/backup) path=/backup ;;
		/restore) path=/restore ;;
		/demo) path=/demo ;;
		/hash-password) path=/hash-password ;;
		/version) path=/version ;;
		esac
	done
	case "$path" in
	"") words="init serve sync import runs explain backtest pain answer check notify report strava status health exclude pause resume export backup restore demo hash-password version --help --config" ;;
	"/init") words="--help --config" ;;
	"/serve") words="--help --config" ;;
	"/sync") words="--help --config" ;;
	"/import") words="--help --config" ;;
	"/runs") words="--json --since --limit --help --config" ;;
	"/explain") words="--json --all --help --config" ;;
	"/backtest") words="--json --set --help --config" ;;
	"/pain") words="add list remove --help --config" ;;
	"/pain/add") words="--at --run --site --side --kind --worst --start --end --morning --focal --front-of-hip --worsening --limping --night --medication --daily-life --mood --cannot-bear-weight --pop --swelling --hot --numb --twisted --chest --note --json --help --config" ;;
	"/pain/list") words="--json --help --config" ;;
	"/pain/remove") words="--help --config" ;;
	"/answer") words="no-pain a-little hurts limp not-a-limp new-strap new-shoes on-purpose unsure ill cleared seen-professional walking-fine still-hurts own-plan cut-back other-reason --help --config" ;;
	"/check") words="--help --config" ;;
	"/notify") words="test --help --config" ;;
	"/notify/test") words="--help --config" ;;
	"/report") words="--weeks --help --config" ;;
	"/strava") words="login status logout --help --config" ;;
	"/strava/login") words="--port --help --config" ;;
	"/strava/status") words="--help --config" ;;
	"/strava/logout") words="--help --config" ;;
	"/status") words="--json --help --config" ;;
	"/health") words="--help --config" ;;
	"/exclude") words="--undo --help --config" ;;
	"/pause") words="--until --help --config" ;;
	"/resume") words="--help --config" ;;
	"/export") words="--format --only --help --config" ;;
	"/backup") words="--help --config" ;;
	"/restore") words="--help --config" ;;
	"/demo") words="--dir --help --config" ;;
	"/hash-password") words="--help --config" ;;
	"/version") words="--help --config" ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _gaitkeeper gaitkeeper
