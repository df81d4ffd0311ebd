/// The command line, as the language's page describes it.
let commandLinePage = """
  ## The command line

  | command | what it does |
  |---|---|
  | `cladec` | the prompt; without a terminal, statements from standard input |
  | `cladec new NB` | writes a notebook to start from; replaces none |
  | `cladec run NB…` | runs notebooks; `--json` for programs, `--times` for what each cell took, `--only q1` for one question of an exercise sheet |
  | `cladec replay NB…` | computes them anew and compares with `replay.lock`; `--update` writes it |
  | `cladec check NB…` | finds their mistakes without training anything |
  | `cladec plan NB…` | lists what they compute, with its size, memory and time; `--json` for programs |
  | `cladec export NB --to html` | writes a notebook with its results as a page, or `--to md`, `ipynb`, `tex`; computes nothing |
  | `cladec submit NB --to slurm` | has the jobs that the store lacks made by Slurm, or `--to parallel` by GNU parallel; sent again, what is missing only |
  | `cladec work ORDER…` | makes the jobs of such work orders, and puts them into the store |
  | `cladec grade MASTER SUBMISSIONS… --to DIR` | grades what was handed in for a master: answers alone count, each submission in a confined process; `--roster` and `--sheet` read tables |
  | `cladec cache` | lists what is stored; `cache why NB…` tells why a job is not, `cache size` and `cache clear` keep it small |
  | `cladec data` | lists the data sets and where they are; `data fetch NAME…` downloads them, `data path` tells where to |
  | `cladec release MASTER… --to DIR` | writes what students get of an exercise sheet's master, once its points can be had, and none comes for nothing |
  | `cladec fmt NB…` | rewrites cells in the one canonical form; `--check` only tells |
  | `cladec help WORD` | explains a subcommand, a verb or a code; `--markdown` prints this page |
  | `cladec doctor` | tells about processor, threads, memory, data, terminal |

  `--set NAME=VALUE` gives another value to a `param`, `--threads N` sets the threads, `--jobs N` how many jobs run side by side and share
  them (as many as there are threads if none is given), and `--memory SIZE` what a training may take, and all that run side by side
  (results depend on none of these; `512M` and `2G` are sizes, a quarter of the machine's memory if none is given), `--data DIR` names the
  folder of data sets, `--output DIR` the one for results (`Outputs` in the current folder if none is given), `--quiet` prints mistakes
  only. The variable `CLADEC_SIMD` chooses the instruction set; results do not depend on it either.

  What is computed is kept, and taken from there by whatever needs it next: in the folder that `--store DIR` names, else `$CLADEC_STORE`,
  `$XDG_CACHE_HOME/cladec` or `~/.cache/cladec`. `--no-store` computes everything anew. What is shown and written does not depend on it.

  Results go to standard output, mistakes and progress to standard error; colours only to a terminal, and never if `NO_COLOR` is set.
  Progress is shown on a terminal only, as lines every ten seconds if `TERM` is `dumb`. At the prompt and on standard input, `help WORD`
  and `quit` are understood on lines of their own.

  `plan --json` prints `{"jobs": […]}`: every job with its kind, the digest of its recipe (none for what a run chooses by what it measures), the digests
  of the jobs that it `needs`, its axes, images, epochs, steps, and the memory in bytes and the seconds that it takes.

  `run --json` prints nothing but a JSON object for each cell, on a line of its own, as soon as the cell has ended: `notebook`, `cell` (counted from 1), `id`,
  `line`, `attributes`, and `status`: `passed`, `failed` (an expectation does not hold), `mistake`, `interrupted` or `not run`. `values` has what
  statements gave, each with its `name` (`null` where it has none) and `statement`; a sweep is an object of `axes` and `values`, the last axis fastest, a
  table one of `columns` and `rows`, a model one of its `kind`, `text` and settings. `tables` has what was laid out, as text. `expectations` has for each `text`,
  `holds`, `points`, `failures`, `comparisons` with the `numbers` that were compared `at` the point that is shown, and its `message`. `files` are named without
  their folder. Each of the `mistakes` has `code`, `severity`, `title`, `label`, `help`, `line` and `column`. With `--times`, `seconds` and
  `peakMemory` in bytes follow. An object whose `cell` is `null` has the mistakes that are in no cell, if there are any, and of an exercise sheet the last one
  has its `questions`: `id`, `state`, `tests`, `passed`, and `points` so far `of` all.

  Exit status: 0 success, 1 a failed expectation, a replay that differs or a file that `fmt --check` would change, 2 a mistake in the notebook or on the
  command line, 3 a missing or broken file, or output that cannot be written, 130 interrupted by Ctrl-C, 143 and 129 ended by SIGTERM and
  SIGHUP. The first of these signals is a request: the work stops, and the report says where. A second one ends the program at once, and
  so do five seconds without an answer to SIGTERM or SIGHUP.

  What was computed is in the store by then, and a training that was under way leaves a checkpoint there; trainings also leave some as time goes
  by, for the case that nobody asks. `run` says what was kept. Running it again goes on from there, and ends with the same bits.

  """
