-- Quarto's only filter here: puts the resolved and laid-out document in the place of the source's single full stop.
-- It stands at `post-finalize`, behind all of Quarto's own filters, so that nothing touches the document any more.

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local content = file:read('a')
  file:close()
  return content
end

function Pandoc(doc)
  local kind = FORMAT:match('html') or FORMAT:match('typst') or FORMAT:match('docx')
  if not kind then error('this report has the formats html, typst and docx, not ' .. FORMAT) end
  local resolved = pandoc.read(read(pandoc.utils.stringify(doc.meta.volume) .. '.' .. kind .. '.json'), 'json')
  doc.blocks, doc.meta = resolved.blocks, resolved.meta
  return doc
end
