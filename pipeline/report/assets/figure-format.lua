-- For Quarto: a DOCX takes the PNG beside each SVG, since Word shows an SVG only with a bitmap to fall back on.
function Image(image)
  if FORMAT:match('docx') then
    image.src = image.src:gsub('%.svg$', '.png')
    return image
  end
end
