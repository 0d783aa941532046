-- The DOCX's part of layout.lua: blocks in the styles of the reference document; captions, references and contents as
-- the fields of a word processor (SEQ, REF, TOC, PAGEREF), each with the text that is printed now as its result, so that
-- nothing moves where nobody updates them and everything follows where somebody does.

return function(helpers)
local text, fit, set_widths = helpers.text, helpers.fit, helpers.set_widths
local wide_from, contents_to = helpers.wide_from, helpers.contents_to
local docx = {}
local outline = {contents = {}, tables = {}, figures = {}}
local marks = {}          -- id of a heading -> what a reference to it repeats
local counted = {}        -- kind -> the number of its last caption
local bookmarks = 0
local SEQUENCES = {tbl = 'Table', fig = 'Figure', eq = 'Equation'}

local function xml(value)
  return (value:gsub('&', '&amp;'):gsub('<', '&lt;'):gsub('>', '&gt;'):gsub('"', '&quot;'))
end

local function raw(code)
  return pandoc.RawInline('openxml', code)
end

local function run(said, properties)
  return ('<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>'):format(
    properties and '<w:rPr>' .. properties .. '</w:rPr>' or '', xml(said))
end

local function mark_of(kind)
  return '<w:r><w:fldChar w:fldCharType="' .. kind .. '"/></w:r>'
end

local function begun(instruction)
  return mark_of('begin') .. '<w:r><w:instrText xml:space="preserve"> ' .. xml(instruction) .. ' </w:instrText></w:r>'
    .. mark_of('separate')
end

local function field(instruction, said, properties)
  return begun(instruction) .. run(said, properties) .. mark_of('end')
end

-- A bookmark that Word hides, of the letters and the forty characters that it allows.
local function bookmark_name(id)
  local kind, rest = id:match('^([pn])%-(.*)$')
  local name = (kind and '_' .. kind .. '_' or '_Ref_') .. (rest or id):gsub('[^%w]', '_')
  if #name > 40 then name = name:sub(1, 31) .. '_' .. pandoc.utils.sha1(id):sub(1, 8) end
  return name
end

local function bookmarked(id, inside)
  bookmarks = bookmarks + 1
  local number = 500000 + bookmarks  -- beyond those that Pandoc gives
  return ('<w:bookmarkStart w:id="%d" w:name="%s"/>%s<w:bookmarkEnd w:id="%d"/>'):format(
    number, bookmark_name(id), inside, number)
end

-- A number runs on from the last of its kind; where a chapter begins to count anew, the field says where from.
local function sequence(kind, number, properties)
  local value = tonumber(number)
  local first = value ~= (counted[kind] or 0) + 1
  counted[kind] = value
  return field('SEQ ' .. SEQUENCES[kind] .. ' \\* ARABIC' .. (first and ' \\r ' .. number or ''), number, properties)
end

-- Where a paragraph begins, and what a number is, for the remarks of reviewers.
function docx.placed(span)
  local before, after = bookmarked(span.identifier, '\0'):match('^(.*)%z(.*)$')
  if #span.content == 0 then return raw(before .. after) end
  local out = pandoc.Inlines{raw(before)}
  out:extend(span.content)
  out:insert(raw(after))
  return out
end

-- "Table 2.1." -> a bookmark around "Table 2." and the field that counts, and the full stop after it.
local function caption(blocks, id, kind)
  local bold = '<w:b/><w:bCs/>'
  return blocks:walk{Span = function(span)
    if not span.classes:includes('caption-label') then return nil end
    local before, number = text(span.content):match('^(.-)(%d+)%.$')
    return raw(bookmarked(id, run(before, bold) .. sequence(kind, number, bold)) .. run('.', bold))
  end}
end

-- What stands in the heading is what a reference repeats: "Chapter 2", "2.1", or the words of a heading without a number.
local function reference(link)
  local id = link.target:match('^#(.+)$')
  if not id or not link.classes:includes('crossref') then return nil end
  local kind, said = id:match('^(%a+)'), text(link.content)
  local held = said
  if kind == 'eq' then held = said:match('[^\u{a0}]+$') end
  if kind == 'sec' then held = marks[id] end
  local before = said:sub(1, #said - #held)
  local linked = '<w:rStyle w:val="Hyperlink"/>'
  return raw((before ~= '' and run(before, linked) or '')
    .. field('REF ' .. bookmark_name(id) .. ' \\h \\* MERGEFORMAT', held, linked))
end

function docx.plain(value)
  return pandoc.Str(value)
end

local function styled(blocks, style)
  return pandoc.Div(blocks, {['custom-style'] = style})
end

function docx.header(header)
  local mark = header.attributes['mark']
  header.attributes['mark'] = nil
  local title, id = text(header.content), header.identifier
  mark = mark and mark:gsub(' ', '\u{a0}')
  if id ~= '' then
    marks[id] = mark or title
    if mark then
      header.content:insert(1, raw(bookmarked(id, run(mark))))
    else
      -- References inside a heading stay what they are; the bookmark holds all of it.
      local whole = bookmarked(id, '\0')
      header.content:insert(1, raw(whole:match('^(.*)%z')))
      header.content:insert(raw(whole:match('%z(.*)$')))
    end
  elseif mark then
    header.content:insert(1, pandoc.Str(mark))
  end
  if mark then header.content:insert(2, pandoc.Str('\u{2002}')) end
  if header.level <= contents_to and id ~= '' then
    table.insert(outline.contents, {header.level, (mark and mark .. '\u{2002}' or '') .. title, id})
  end
  return header
end

local function cell_style(rows, style)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      -- Pandoc gives the style "Compact" to a Plain, whatever the Div says.
      local paragraphs = cell.contents:walk{Plain = function(plain) return pandoc.Para(plain.content) end}
      cell.contents = pandoc.Blocks{styled(paragraphs, style)}
    end
  end
end

function docx.table(tbl, notes)
  tbl = fit(tbl)
  local small = #tbl.colspecs >= wide_from and ' Small' or ''
  set_widths(tbl, small == '' and 84 or 102, 1.25)  -- an office without our fonts takes wider ones
  cell_style(tbl.head.rows, 'Table Heading' .. small)
  for _, body in ipairs(tbl.bodies) do cell_style(body.body, 'Table Text' .. small) end
  if tbl.identifier ~= '' then table.insert(outline.tables, {1, text(tbl.caption.long), tbl.identifier}) end
  tbl.caption.long = caption(tbl.caption.long, tbl.identifier, 'tbl')
  return notes and pandoc.Blocks{tbl, notes} or tbl
end

function docx.figure(figure, notes)
  figure.content = figure.content:walk{Image = function(image)
    image.src = image.src:gsub('%.svg$', '.png')
    return image
  end}
  table.insert(outline.figures, {1, text(figure.caption.long), figure.identifier})
  figure.caption.long = caption(figure.caption.long, figure.identifier, 'fig')
  return notes and pandoc.Blocks{figure, notes} or figure
end

function docx.callout(div, _, title)
  local out = pandoc.Blocks{styled({pandoc.Para{pandoc.Str(title)}}, 'Callout Title')}
  out:insert(styled(div.content, 'Callout'))
  return out
end

-- What has to stand on one page is set closer.
local CLOSER = {['Table Text'] = 'Table Text Small', ['Table Heading'] = 'Table Heading Small'}
function docx.compact(div)
  return div:walk{
    traverse = 'topdown',
    Table = function(tbl)
      return tbl:walk{Div = function(cell)
        local style = cell.attributes['custom-style']
        cell.attributes['custom-style'] = CLOSER[style] or style
        return cell
      end}, false
    end,
    Figure = function(figure) return figure, false end,
    Div = function(inner) if inner.attributes['custom-style'] then return inner, false end end,
    Para = function(para) return styled({para}, 'Body Text Small'), false end,
    BulletList = function(list)
      return pandoc.BulletList(list.content:map(function(item)
        return {styled(pandoc.Blocks(item):walk{Plain = function(plain) return pandoc.Para(plain.content) end},
          'Body Text Small')}
      end)), false
    end,
  }
end

function docx.equation(span)
  local before, number = span.attributes['mark']:match('^(.-)(%d+)$')
  span.attributes['mark'] = nil
  local counting = (before ~= '' and run(before) or '') .. sequence('eq', number)
  span.content:extend{pandoc.Space(), raw(run('(') .. bookmarked(span.identifier, counting) .. run(')'))}
  return span
end

-- The entries stand in the field already, each with a field for its page; `docx.finish` writes the pages in.
local function contents(instruction, entries)
  local out = {}
  for i, entry in ipairs(entries) do
    local level, said, anchor = entry[1], entry[2], bookmark_name(entry[3])
    out[#out + 1] = ('<w:p><w:pPr><w:pStyle w:val="TOC%d"/></w:pPr>%s<w:hyperlink w:anchor="%s" w:history="1">%s%s%s</w:hyperlink>%s</w:p>')
      :format(level, i == 1 and begun(instruction) or '', anchor, run(said), '<w:r><w:tab/></w:r>',
        field('PAGEREF ' .. anchor .. ' \\h', ''), i == #entries and mark_of('end') or '')
  end
  return pandoc.MetaBlocks{pandoc.RawBlock('openxml', table.concat(out, '\n'))}
end

function docx.finish(doc)
  local origin = text(doc.meta.origin)
  if origin ~= '' then
    doc.meta.origin = pandoc.MetaInlines{raw(('<w:bookmarkStart w:id="499999" w:name="%s"/><w:bookmarkEnd w:id="499999"/>')
      :format(xml(origin)))}
  end
  doc.meta.author = doc.meta.institution
  if doc.meta['logo-file'] then
    local alt = pandoc.Inlines{pandoc.Str(text(doc.meta.institution))}
    local size = pandoc.Attr('', {}, {height = '1.8cm'})
    doc.meta.logo = pandoc.MetaInlines{pandoc.Image(alt, text(doc.meta['logo-file']), '', size)}
  end
  doc.blocks = doc.blocks:walk{Link = reference}
  local instructions = {
    contents = 'TOC \\o "1-2" \\h \\z \\u',
    tables = 'TOC \\h \\z \\c "Table"',
    figures = 'TOC \\h \\z \\c "Figure"',
  }
  for key, instruction in pairs(instructions) do
    local wanted = key == 'contents' or not doc.meta.short
    doc.meta['field-' .. key] = wanted and #outline[key] > 0 and contents(instruction, outline[key]) or nil
  end
end

return docx
end
