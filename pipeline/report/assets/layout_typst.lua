-- The PDF's part of layout.lua: blocks as calls of the functions of template.typst.

return function(helpers)
local text, bold_label, fit, set_widths = helpers.text, helpers.bold_label, helpers.fit, helpers.set_widths
local wide_from, short_to, short_letters = helpers.wide_from, helpers.short_to, helpers.short_letters
local typst = {}

local function to_typst(blocks)
  return (pandoc.write(pandoc.Pandoc(blocks), 'typst-citations', {wrap_text = 'none'}):gsub('%s+$', ''))
end

local function typst_string(value)
  return '"' .. value:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

function typst.plain(value)
  return pandoc.RawInline('typst', typst_string(value))
end

local function raw(code)
  return pandoc.RawBlock('typst', code)
end

function typst.header(header)
  local mark = header.attributes['mark']
  local numbering = mark and ('(..n) => [' .. mark .. ']') or 'none'
  local label = header.identifier ~= '' and (' <' .. header.identifier .. '>') or ''
  return raw(('#heading(level: %d, numbering: %s)[%s]%s'):format(
    header.level, numbering, to_typst{pandoc.Plain(header.content)}, label))
end

local function is_short(tbl)
  local rows, length = 0, 0
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      rows = rows + 1
      for _, cell in ipairs(row.cells) do length = length + #text(cell.contents) end
    end
  end
  return rows <= short_to and length < short_letters
end

function typst.table(tbl, notes)
  tbl = fit(tbl)
  local caption, id = to_typst(bold_label(tbl.caption.long)), tbl.identifier
  local small = #tbl.colspecs >= wide_from
  local short = is_short(tbl)
  set_widths(tbl, small and 112 or 94, 1, true)
  tbl.caption.long, tbl.identifier = pandoc.Blocks{}, ''
  local code = to_typst{tbl}:match('#?(table%(.*%))%].-kind: table')
  -- A heading that spans columns carries the thin rule above its own columns.
  code = code:gsub('table%.cell%(([^%[%]]-)colspan: (%d+)', 'table.cell(stroke: (bottom: 0.4pt), %1colspan: %2')
  local heads = tbl.bodies[1] and tbl.bodies[1].row_head_columns > 0
  local made = ('#report-table(small: %s, row-heads: %s, long: %s, caption: [%s], notes: [%s])[#%s]%s'):format(
    tostring(small), tostring(heads), tostring(not short), caption, notes and to_typst(notes.content) or '', code, id ~= '' and (' <' .. id .. '>') or '')
  -- A short table stays on one page; a long one may go on, under its repeated header.
  if short then made = '#[#show figure: set block(breakable: false)\n' .. made .. ']' end
  return raw(made)
end

function typst.figure(figure, notes)
  local image
  figure.content:walk{Image = function(found) image = found end}
  local code = ('#report-figure(image(%s, width: %s, alt: %s), caption: [%s]) <%s>'):format(
    typst_string(image.src), image.attributes['width'] or '100%', typst_string(text(image.caption)),
    to_typst(bold_label(figure.caption.long)), figure.identifier)
  if notes then code = code .. ('\n#figure-notes[%s]'):format(to_typst(notes.content)) end
  return raw('#block(breakable: false)[' .. code .. ']')
end

function typst.callout(div, kind, title)
  return raw(('#callout(%s, [%s])[\n%s\n]'):format(
    typst_string(kind:gsub('^callout%-', ''), ''), to_typst{pandoc.Plain{pandoc.Str(title)}}, to_typst(div.content)))
end

-- What introduces a table below its heading goes with it.
function typst.lead(block)
  return raw('#block(sticky: true)[' .. to_typst{block} .. ']')
end

-- What has to stand on one page is set closer.
function typst.compact(div)
  local out = pandoc.Blocks{raw('#compact-page[')}
  out:extend(div.content)
  out:insert(raw(']'))
  return out
end

local function typst_math(math)
  local block = math.mathtype == 'DisplayMath'
  local code = to_typst{pandoc.Plain{math}}
  return ('math.equation(block: %s, alt: %s, %s)'):format(tostring(block), typst_string(helpers.in_words(math.text)), code)
end

function typst.equation(span)
  return pandoc.RawInline('typst', ('#numbered-equation([(%s)], %s) <%s>'):format(
    span.attributes['mark'], typst_math(span.content[1]), span.identifier))
end

-- Words of another language; the semicolon ends the code, whatever follows.
function typst.foreign(span)
  local out = pandoc.Inlines{pandoc.RawInline('typst', '#text(lang: ' .. typst_string(span.attributes.lang) .. ')[')}
  out:extend(span.content)
  out:insert(pandoc.RawInline('typst', '];'))
  return out
end

function typst.math(math)
  return pandoc.RawInline('typst', '#' .. typst_math(math))
end

return typst
end
