-- Lays numbered chapters, tables, figures, notes and callouts out for HTML, Typst or DOCX, as `layout-for` in the
-- metadata says ("html", "typst", "docx"). Runs after crossref.py and citeproc on a document in which every number is
-- already text, and leaves a document that a writer only has to write: either engine prints the same.

local wide_from = 9       -- a table with this many columns is set smaller
local short_to = 14       -- rows that a page takes without a break,
local short_letters = 900 -- if they hold no more letters than these: a table that is taller leaves half a page empty before it
local cards_from, cards_to = 2, 6 -- a table with so many columns of words, and no more columns in all, is cards on a phone
local lead_letters = 500  -- a paragraph with fewer, between a heading and a table, goes with the table
local contents_to = 2     -- levels of headings in the contents
local endings = {typst = 'pdf', docx = 'docx'}

local function text(value)
  return pandoc.utils.stringify(value or '')
end

local function xml(value)
  return (value:gsub('&', '&amp;'):gsub('<', '&lt;'):gsub('>', '&gt;'):gsub('"', '&quot;'))
end

local function has_class(element, wanted)
  return element and element.t == 'Div' and element.classes:includes(wanted)
end

-- A number or word that the reader may follow to its source; the page's script knows the entry.
local function is_entry(span)
  return span.classes:includes('entry')
end

-- Where a format cannot follow a number, its mark goes; what a reviewer's remark refers to stays where the writer can say it.
local function unmarked(part, placed)
  return part:walk{Span = function(span)
    if is_entry(span) then return placed and placed(span) or span.content end
    if span.classes:includes('place') then return placed and placed(span) or {} end
  end}
end

-- The number of a caption is bold where the writer knows no classes.
local function bold_label(blocks)
  return blocks:walk{Span = function(span)
    if span.classes:includes('caption-label') then return pandoc.Strong(span.content) end
  end}
end

-- Columns take the width they need; the first column of words heads its row.
local function fit(tbl)
  for i, spec in ipairs(tbl.colspecs) do tbl.colspecs[i] = {spec[1], nil} end
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do
      if cell.col_span > 1 then cell.alignment = 'AlignCenter' end
    end
  end
  if tbl.colspecs[1][1] == 'AlignLeft' then
    for _, body in ipairs(tbl.bodies) do body.row_head_columns = 1 end
  end
  return tbl
end

-- Widths as a browser finds them: each column between its longest word and its longest line, since not every program
-- that opens a DOCX fits columns by itself, and Typst starves a column of words beside columns of numbers. Lengths are in
-- characters; a line holds `room` of them. Where even the longest words have no room, words give way, never numbers: a
-- number that breaks is another number; `digits` is the width of one against the average letter's. With `long_only` a
-- table that fits in its lines is left alone.
local function set_widths(tbl, room, digits, long_only)
  local number, least, full = {}, {}, {}
  for i = 1, #tbl.colspecs do number[i], least[i], full[i] = 3, 3, 3 end
  local function measure(rows)
    local busy = {}       -- column -> rows that a cell above still reaches into
    for _, row in ipairs(rows) do
      local i = 1
      for _, cell in ipairs(row.cells) do
        while (busy[i] or 0) > 0 do busy[i], i = busy[i] - 1, i + 1 end
        if cell.col_span == 1 then
          local said = text(cell.contents)
          full[i] = math.max(full[i], utf8.len(said) + 2)
          for word in said:gmatch('[^ ]+') do
            local length = utf8.len(word) + 2
            if word:match('%d') and not word:match('%a') then
              length = math.ceil(utf8.len(word) * digits) + 2
              number[i] = math.max(number[i], length)
            end
            least[i] = math.max(least[i], length)
          end
          busy[i] = cell.row_span - 1
        end
        i = i + cell.col_span
      end
    end
  end
  measure(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do measure(body.body) end
  local sum_number, sum_least, sum_full = 0, 0, 0
  for i = 1, #full do
    sum_number, sum_least, sum_full = sum_number + number[i], sum_least + least[i], sum_full + full[i]
  end
  if sum_least > room and sum_number < room then
    local share = (room - sum_number) / (sum_least - sum_number)
    for i = 1, #full do least[i] = number[i] + share * (least[i] - number[i]) end
    sum_least = room
  end
  if long_only and sum_full <= room then return end
  -- A table with room to spare gets some: fonts differ from office to office.
  local stretch = math.min(1.25, room / sum_full)
  local slack = math.max(0, room - sum_least) / math.max(1, sum_full - sum_least)
  for i, spec in ipairs(tbl.colspecs) do
    local width = sum_full <= room and full[i] * stretch or least[i] + math.min(1, slack) * (full[i] - least[i])
    tbl.colspecs[i] = {spec[1], width / math.max(room, sum_least)}
  end
end

------------------------------------------------------------------------------------------------------------- HTML
local html = {}

-- A text where no markup may stand, such as an attribute.
function html.plain(value)
  return pandoc.RawInline('html', xml(value))
end

-- A formula does not break: on a narrow screen a long one scrolls by itself, and the page does not.
function html.math(math)
  if #math.text > 30 then return pandoc.Span({math}, {class = 'formula'}), false end
end

-- Citations are rendered text with links into the list of references; a screen reader is told so.
function html.cite(cite)
  return cite.content:walk{Link = function(link)
    link.attributes.role = 'doc-biblioref'
    return link
  end}
end

local function read(path)
  local file = io.open(path, 'rb')
  if not file then return nil end
  local content = file:read('a')
  file:close()
  return content
end

-- The page's scripts, each where it finds what it works on; what the windows show comes before the script that opens them.
local function add_scripts(doc)
  local out = pandoc.Blocks{}
  local function add(name)
    local script = read(pandoc.path.join{pandoc.path.directory(PANDOC_SCRIPT_FILE), name})
    out:insert(pandoc.RawBlock('html', '<script>\n' .. script .. '</script>'))
  end
  add('reader.js')
  local panel = false
  doc.blocks:walk{Div = function(div) panel = panel or div.classes:includes('whatif') end}
  if panel then add('whatif.js') end
  local chains = read('chains.json')
  if chains then
    out:insert(pandoc.RawBlock('html', '<script type="application/json" id="chains">' .. chains .. '</script>'))
    add('chains.js')
  end
  doc.meta.scripts = pandoc.MetaBlocks(out)
end

function html.finish(doc)
  add_scripts(doc)
  for _, key in ipairs{'tables', 'figures'} do
    if doc.meta[key] then doc.meta[key] = pandoc.MetaBlocks(unmarked(pandoc.Blocks(doc.meta[key]))) end
  end
  local contents = pandoc.structure.table_of_contents(doc, pandoc.WriterOptions{toc_depth = contents_to})
  doc.meta.contents = pandoc.MetaBlocks{contents}
  doc.meta.pagetitle = doc.meta['title-plain']
  -- The notice at the foot of each printed page, as a string of CSS.
  local notice = text(doc.meta.notice):gsub('[\\"<>&]', function(sign) return ('\\%x '):format(sign:byte()) end)
  if notice ~= '' then doc.meta['notice-css'] = pandoc.MetaInlines{pandoc.RawInline('html', notice)} end
end

function html.header(header)
  header.content = unmarked(header.content)
  local mark = header.attributes['mark']
  header.attributes['mark'] = nil
  if mark then
    header.content:insert(1, pandoc.Span({pandoc.Str(mark)}, {class = 'heading-mark'}))
    header.content:insert(2, pandoc.Space())
  end
  return header
end

-- A row whose heading is that of the row above is blank to the eye; a screen reader hears it again.
local function heard(tbl)
  for _, body in ipairs(tbl.bodies) do
    local above = ''
    for _, row in ipairs(body.body) do
      local cell = row.cells[1]
      local said = text(cell.contents)
      if said == '' and above ~= '' then
        cell.contents = pandoc.Blocks{pandoc.Plain{pandoc.Span({pandoc.Str(above)}, {class = 'heard'})}}
      end
      if said ~= '' then above = said end
    end
  end
end

-- A table of words is read row by row: on a phone each row is a card, whose cells tell their columns. Its roles are named,
-- since a browser forgets those of a table that it lays out otherwise.
local function carded(tbl)
  local words, names = 0, {}
  for _, spec in ipairs(tbl.colspecs) do words = words + (spec[1] == 'AlignLeft' and 1 or 0) end
  if words < cards_from or #tbl.colspecs > cards_to or #tbl.head.rows ~= 1 then return false end
  for i, cell in ipairs(tbl.head.rows[1].cells) do names[i] = text(cell.contents) end
  if #names ~= #tbl.colspecs then return false end
  tbl.attributes.role = 'table'
  tbl.head.rows[1].attributes.role = 'row'
  for _, cell in ipairs(tbl.head.rows[1].cells) do cell.attributes.role = 'columnheader' end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      row.attributes.role = 'row'
      for i, cell in ipairs(row.cells) do
        cell.attributes.role = i <= body.row_head_columns and 'rowheader' or 'cell'
        cell.attributes['data-head'] = names[i]
      end
    end
  end
  return true
end

function html.table(tbl, notes)
  tbl = fit(tbl)
  heard(tbl)
  local class = #tbl.colspecs >= wide_from and 'table-block wide' or 'table-block'
  if carded(tbl) then class = class .. ' cards' end
  -- A list keeps the attributes' order; a Lua table would shuffle them from run to run.
  local attributes = {{'tabindex', '0'}, {'role', 'region'}, {'aria-label', text(tbl.caption.long)}}
  local out = pandoc.Blocks{pandoc.Div({tbl}, pandoc.Attr('', {'table-scroll'}, attributes))}
  if notes then out:insert(notes) end
  return pandoc.Div(out, {class = class})
end

function html.figure(figure, notes)
  if not notes then return figure end
  return pandoc.Div({figure, notes}, {class = 'figure-block'})
end

function html.callout(div, kind, title)
  div.attributes = {role = 'note'}
  div.classes = pandoc.List{'callout', kind}
  div.content:insert(1, pandoc.Div({pandoc.Plain{pandoc.Str(title)}}, {class = 'callout-title'}))
  return div
end

function html.equation(span)
  local mark = span.attributes['mark']
  span.attributes['mark'] = nil
  span.content:insert(pandoc.Span({pandoc.Str('(' .. mark .. ')')}, {class = 'equation-mark'}))
  return span
end

------------------------------------------------------------------------------------------------------------- DOCX and Typst
local spoken = {}         -- LaTeX of a formula -> its words

local function part(name)
  return dofile(pandoc.path.join{pandoc.path.directory(PANDOC_SCRIPT_FILE), 'layout_' .. name .. '.lua'}){
    text = text, bold_label = bold_label, fit = fit, set_widths = set_widths,
    wide_from = wide_from, contents_to = contents_to, short_to = short_to, short_letters = short_letters,
    in_words = function(latex) return spoken[latex] or latex end,
  }
end
local docx, typst = part('docx'), part('typst')

------------------------------------------------------------------------------------------------------------- walk
local writers = {html = html, typst = typst, docx = docx}
local writer

-- Tables and figures keep the notes that follow them; everything else stays where it is.
local function arrange(blocks)
  local out = pandoc.Blocks{}
  local i = 1
  while i <= #blocks do
    local block, following = blocks[i], blocks[i + 1]
    local made = block
    if block.t == 'Header' then
      made = writer.header(block)
    elseif writer.lead and block.t == 'Para' and i > 1 and blocks[i - 1].t == 'Header' and following and following.t == 'Table'
      and #text(block) < lead_letters then
      made = writer.lead(block)
    elseif block.t == 'Table' or block.t == 'Figure' then
      local kind = block.t:lower()
      local notes = has_class(following, kind .. '-notes') and following or nil
      made = writer[kind](block, notes)
      if notes then i = i + 1 end
    elseif block.t == 'Div' and block.attributes['callout'] then
      local kind, title = block.attributes['callout'], block.attributes['title']
      block.content = arrange(block.content)
      made = writer.callout(block, kind, title)
    elseif block.t == 'Div' then
      block.content = arrange(block.content)
      if writer.compact and has_class(block, 'compact') then made = writer.compact(block) end
    end
    if pandoc.utils.type(made) == 'Blocks' then out:extend(made) else out:insert(made) end
    i = i + 1
  end
  return out
end

-- Of a report of two volumes this is the one that `volume` in the metadata says. What it refers to in the other leads to
-- the other's file.
local function lead_to_other(doc)
  local volume = text(doc.meta.volume)
  doc.meta.volume = nil
  if volume == '' then return end
  local here = {}
  local function note(element) if (element.identifier or '') ~= '' then here[element.identifier] = true end end
  doc.blocks:walk{Header = note, Div = note, Span = note, Table = note, Figure = note}
  local other = volume == 'report' and 'supplement' or 'report'
  doc.blocks = doc.blocks:walk{Link = function(link)
    local id = link.target:match('^#(.+)$')
    if id and not here[id] then link.target = other .. '.' .. endings[text(doc.meta['layout-for'])] .. link.target end
    return link
  end}
  doc.meta.short = volume == 'report' or nil
  if volume == 'supplement' then
    doc.meta['report-kind'] = doc.meta.labels.supplement
    doc.meta.signatories, doc.meta.approval, doc.meta.exhibits = nil, nil, true
  end
end

-- What only the reading of the source needed; the citations are rendered.
local function drop_used(meta)
  meta.dated = text(meta.stamp) ~= ''
  for _, key in ipairs{'layout-for', 'bibliography', 'csl', 'link-citations', 'stamp', 'spoken'} do meta[key] = nil end
end

-- What is told of one medium alone: the page (HTML), or paper (PDF and DOCX).
local function only_here(doc)
  local other = writer == html and 'paper-only' or 'page-only'
  doc.blocks = doc.blocks:walk{Div = function(div) if div.classes:includes(other) then return {} end end}
end

function Pandoc(doc)
  writer = writers[text(doc.meta['layout-for'])]
  only_here(doc)
  lead_to_other(doc)
  for latex, words in pairs(doc.meta.spoken or {}) do spoken[latex] = text(words) end
  drop_used(doc.meta)
  for _, key in ipairs{'title', 'subtitle', 'institution'} do
    doc.meta[key .. '-plain'] = pandoc.MetaInlines{writer.plain(text(doc.meta[key]))}
  end
  if doc.meta['logo-file'] then
    doc.meta['logo-plain'] = pandoc.MetaInlines{writer.plain(text(doc.meta['logo-file']))}
  end
  doc = doc:walk{Cite = writer.cite or function(cite) return cite.content end}
  -- Equations first: the Typst code of tables and headings is written out while they are arranged.
  doc = doc:walk{
    traverse = 'topdown',
    Span = function(span)
      if span.classes:includes('equation') then return writer.equation(span), false end
      if span.attributes.lang and writer.foreign then return writer.foreign(span), false end
    end,
    Math = writer.math,
  }
  if writer ~= html then
    doc.blocks = unmarked(doc.blocks, writer.placed)
    if doc.meta.approval then doc.meta.approval = pandoc.MetaInlines(unmarked(pandoc.Inlines(doc.meta.approval))) end
  end
  doc.blocks = arrange(doc.blocks)
  if writer.finish then writer.finish(doc) end
  return doc
end
