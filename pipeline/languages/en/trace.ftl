# Following a number: headings of the CSV files, and the words of the window that shows where a number comes from.

# -- CSV files
trace-data = Data
csv-panel = panel
csv-series = series
csv-mark = mark
csv-x = x
csv-y = y
csv-x-end = x to
csv-y-end = y to
csv-x-name = name at x
csv-y-name = name at y
csv-x-axis = x axis
csv-y-axis = y axis
csv-text = text
csv-mark-line = line
csv-mark-points = points
csv-mark-interval = interval
csv-mark-area = area
csv-mark-bar = bar
csv-mark-text = text
csv-name = name
csv-meaning = meaning
csv-value = value
csv-unit = unit
csv-low = lower bound
csv-high = upper bound
csv-p = p-value
csv-n = N
csv-source = notebook and cell

# -- the window
trace-title = From the number to its file
trace-close = Close
trace-follow = Where is this from?
trace-raw = Not rounded
trace-what = What it is
trace-cell = Cell of the notebook
trace-function = Function
trace-tables = Computed from
trace-files = Files of the offices
trace-file = file
trace-read = rows read
trace-kept = kept
trace-aside = set aside
trace-rule = The rule that chose the verdict: its reasons
trace-last = In the last edition
trace-not-there = not published there
trace-settings = Settings that were used
trace-seed = Seed
trace-withheld = withheld
trace-column = Column
trace-row = Row
trace-cells = Table. Enter tells where it is from; arrow down goes to its cells.
