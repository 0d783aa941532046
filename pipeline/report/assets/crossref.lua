-- Numbers chapters, sections, tables, figures and equations, and resolves @sec-…, @tbl-…, @fig-…, @eq-….
-- Runs before citeproc, on the syntax that Quarto shares. Numbers become plain text, so that every format prints the
-- same ones. An unresolved reference, a duplicate id or a figure without a text alternative is written to standard
-- error as "report-error: …" and ends the run.

local labels = {}
local targets = {}        -- id -> {kind, label = inlines of the reference, caption}
local problems = {}
local chapter, appendix = 0, 0
local prefix = ''         -- "4", "A" or '' in unnumbered chapters
local sections = {0, 0}   -- counters of levels 2 and 3
local counts = {tbl = 0, fig = 0, eq = 0}
local unnumbered = counts -- chapters without a number share one count
local lists = {tbl = pandoc.List(), fig = pandoc.List()}
local lang = 'id'

local KINDS = {fig = 'figure', tbl = 'table', eq = 'equation'}

local function text(value)
  return pandoc.utils.stringify(value or '')
end

local function problem(message)
  problems[#problems + 1] = message
end

local function kind_of(id)
  return id:match('^(%a+)%-')
end

local function is_reference(id)
  local kind = kind_of(id)
  return kind == 'sec' or KINDS[kind] ~= nil
end

local function register(id, entry)
  if targets[id] then problem('duplicate id: ' .. id) end
  targets[id] = entry
end

-- Roman numerals head the chapters of an Indonesian official report.
local function chapter_mark(n)
  if lang == 'id' then return pandoc.utils.to_roman_numeral(n) end
  return tostring(n)
end

local function start_chapter(header)
  sections = {0, 0}
  counts = {tbl = 0, fig = 0, eq = 0}
  if header.classes:includes('appendix') then
    -- Twenty-six appendices are as many as letters name.
    if appendix == 26 then problem('more than 26 appendices: ' .. text(header.content)) end
    appendix = appendix + 1
    prefix = string.char(64 + appendix)
    return labels.appendix .. ' ' .. prefix
  elseif header.classes:includes('unnumbered') then
    prefix, counts = '', unnumbered
    return nil
  end
  chapter = chapter + 1
  prefix = tostring(chapter)
  return labels.chapter .. ' ' .. chapter_mark(chapter)
end

local function start_section(header)
  if prefix == '' or header.level > 3 or header.classes:includes('unnumbered') then return nil end
  local depth = header.level - 1
  sections[depth] = sections[depth] + 1
  if depth == 1 then
    sections[2] = 0
    return prefix .. '.' .. sections[1]
  end
  return prefix .. '.' .. sections[1] .. '.' .. sections[2]
end

local function number_header(header)
  local mark
  if header.level == 1 then
    mark = start_chapter(header)
  else
    mark = start_section(header)
  end
  local reference = pandoc.Inlines(header.content)
  if mark then
    header.attributes['mark'] = mark
    local words = header.level == 1 and mark or (labels.section .. ' ' .. mark)
    reference = pandoc.Inlines{pandoc.Str((words:gsub(' ', '\u{a0}')))}
  end
  if header.identifier ~= '' then register(header.identifier, {kind = 'sec', label = reference}) end
  return header
end

local function next_number(kind)
  counts[kind] = counts[kind] + 1
  return (prefix ~= '' and prefix .. '.' or '') .. counts[kind]
end

local function add_caption(kind, element, caption)
  local label = labels[KINDS[kind]] .. '\u{a0}' .. next_number(kind)
  if #caption == 0 then problem('no caption: ' .. element.identifier) end
  register(element.identifier, {kind = kind, label = pandoc.Inlines{pandoc.Str(label)}})
  local entry = pandoc.Inlines{pandoc.Str(label .. '.'), pandoc.Space()}
  entry:extend(caption)
  lists[kind]:insert({pandoc.Plain{pandoc.Link(entry, '#' .. element.identifier)}})
  local full = pandoc.Inlines{pandoc.Span({pandoc.Str(label .. '.')}, {class = 'caption-label'}), pandoc.Space()}
  full:extend(caption)
  return pandoc.Blocks{pandoc.Plain(full)}
end

local function number_table(tbl)
  local caption = pandoc.utils.blocks_to_inlines(tbl.caption.long)
  if kind_of(tbl.identifier) ~= 'tbl' then
    if #caption > 0 then problem('a table has a caption but no #tbl- id: ' .. text(caption)) end
    return tbl
  end
  tbl.caption.long = add_caption('tbl', tbl, caption)
  return tbl
end

local function number_figure(figure)
  if kind_of(figure.identifier) ~= 'fig' then
    problem('a figure has no #fig- id: ' .. text(figure.caption.long))
    return figure
  end
  local caption = pandoc.utils.blocks_to_inlines(figure.caption.long)
  figure.caption.long = add_caption('fig', figure, caption)
  figure.content = figure.content:walk{Image = function(image)
    local alt = image.attributes['fig-alt']
    if not alt or alt == '' then problem('no fig-alt (text alternative): ' .. figure.identifier) end
    image.attributes['fig-alt'] = nil
    image.caption = pandoc.Inlines{pandoc.Str(alt or '')}
    return image
  end}
  return figure
end

-- $$ … $$ {#eq-x}, as Quarto writes it.
local function number_equation(para)
  local inlines = para.content
  for i, inline in ipairs(inlines) do
    if inline.t == 'Math' and inline.mathtype == 'DisplayMath' then
      local last = inlines[#inlines]
      local id = last.t == 'Str' and last.text:match('^{#(eq%-[%w%-_]+)}$')
      if id and #inlines <= i + 2 then
        local number = next_number('eq')
        register(id, {kind = 'eq', label = pandoc.Inlines{pandoc.Str(labels.equation .. '\u{a0}' .. number)}})
        return pandoc.Para{pandoc.Span({inline}, {id = id, class = 'equation', mark = number})}
      end
    end
  end
end

local function resolve(cite)
  local wanted, others = 0, 0
  for _, citation in ipairs(cite.citations) do
    if is_reference(citation.id) then wanted = wanted + 1 else others = others + 1 end
  end
  if wanted == 0 then return nil end
  if others > 0 then problem('references and citations mixed in one bracket: ' .. text(cite.content)) end
  local out = pandoc.Inlines{}
  for i, citation in ipairs(cite.citations) do
    local target = targets[citation.id]
    if not target then
      problem('unresolved cross-reference: @' .. citation.id)
    else
      if i > 1 and i == #cite.citations then
        out:extend{pandoc.Space(), pandoc.Str(labels['and']), pandoc.Space()}
      elseif i > 1 then
        out:extend{pandoc.Str(','), pandoc.Space()}
      end
      out:insert(pandoc.Link(target.label, '#' .. citation.id, '', {class = 'crossref'}))
    end
  end
  return out
end

-- Links written by hand, [text](#id), must lead somewhere too.
local function check_links(doc)
  local known, links = {}, {}
  local function note(element)
    if element.identifier ~= '' then known[element.identifier] = true end
  end
  doc:walk{
    Header = note, Div = note, Table = note, Figure = note, CodeBlock = note, Span = note, Code = note,
    Link = function(link)
      note(link)
      local id = link.target:match('^#(.+)$')
      if id then links[#links + 1] = id end
    end,
  }
  for _, id in ipairs(links) do
    if not known[id] then problem('link to an unknown place: #' .. id) end
  end
end

-- An entry of a list is one link: references inside its caption become plain text.
local function unnest(blocks)
  return pandoc.Blocks(blocks):walk{
    traverse = 'topdown',
    Link = function(link)
      link.content = link.content:walk{Link = function(inner) return inner.content end}
      return link, false
    end,
  }
end

local function read_labels(meta)
  lang = text(meta.lang):match('^%a+') or 'id'
  for key, value in pairs(meta.labels or {}) do labels[key] = text(value) end
end

-- A heading that opens a callout is its title (Quarto), not a section.
local function callout_title(div)
  local kind = (div.classes:find_if(function(class) return class:match('^callout%-') end) or ''):match('^(callout%-%a+)')
  if not kind then return nil end
  local first = div.content[1]
  if first and first.t == 'Header' then
    div.attributes['title'] = text(first.content)
    div.content:remove(1)
  end
  if not labels[kind] then problem('unknown kind of callout: ' .. kind) end
  div.attributes['title'] = div.attributes['title'] or labels[kind]
  div.attributes['callout'] = kind
  return div
end

-- The prose is Markdown alone: code of one format would be missing from the others, and could load what it likes.
local schemes = {http = true, https = true, mailto = true}

local function check_prose(doc)
  local function quoted(value)
    return '“' .. (value:match('[^\n]+') or '') .. '”'
  end
  local function raw(element)
    problem('code of one format (' .. element.format .. ') in the prose: ' .. quoted(element.text))
  end
  local function attributes(element)
    for key in pairs(element.attributes or {}) do
      if key:match('^on') or key == 'style' or key == 'src' or key == 'srcset' or key == 'href' then
        problem('the attribute ' .. key .. ' in the prose: ' .. quoted(element.attributes[key]))
      end
    end
  end
  local function leads_out(path)
    return path:match('^[/\\]') or path:match('%.%.[/\\]')
  end
  doc:walk{
    RawBlock = raw,
    RawInline = raw,
    Image = function(image)
      if image.src:match('^%a[%w+.-]*:') or leads_out(image.src) then
        problem('a picture outside the report: ' .. quoted(image.src))
      end
      attributes(image)
    end,
    Link = function(link)
      local scheme = link.target:match('^(%a[%w+.-]*):')
      if scheme and not schemes[scheme:lower()] then problem('a link of the kind ' .. quoted(scheme .. ':')) end
      if leads_out(link.target) then problem('a link out of the report: ' .. quoted(link.target)) end
      attributes(link)
    end,
    Div = attributes, Span = attributes, Header = attributes, Code = attributes, CodeBlock = attributes,
    Table = attributes,
  }
end

function Pandoc(doc)
  read_labels(doc.meta)
  check_prose(doc)
  doc = doc:walk{
    traverse = 'topdown',
    Div = callout_title,
    Header = number_header, Table = number_table, Figure = number_figure, Para = number_equation,
  }
  for kind, key in pairs{tbl = 'tables', fig = 'figures'} do
    if #lists[kind] > 0 then doc.meta[key] = pandoc.MetaBlocks{pandoc.BulletList(lists[kind])} end
  end
  doc = doc:walk{Cite = resolve}
  for _, key in ipairs{'tables', 'figures'} do
    if doc.meta[key] then doc.meta[key] = pandoc.MetaBlocks(unnest(doc.meta[key])) end
  end
  check_links(doc)
  if #problems > 0 then
    for _, message in ipairs(problems) do io.stderr:write('report-error: ' .. message .. '\n') end
    os.exit(97)
  end
  return doc
end
