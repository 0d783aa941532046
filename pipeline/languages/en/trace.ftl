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
