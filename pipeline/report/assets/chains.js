// The window that shows where a number, table or figure comes from. Without this script the report reads as it is.
(function () {
  "use strict";
  var held = document.getElementById("chains"), main = document.querySelector("main");
  if (!held || !main || !window.HTMLDialogElement) return;
  var data = JSON.parse(held.textContent), words = data.words, entries = data.entries;
  var lang = document.documentElement.lang;

  // --- small builders: text never becomes markup
  function node(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) {
      if (child !== null && child !== undefined && child !== "") made.append(child);
    });
    return made;
  }
  function count(number) { return Number(number).toLocaleString(lang); }
  function link(address, said) { return node("a", { href: address }, [said]); }
  function code(said) { return node("code", {}, [said]); }

  // --- the window
  var title = node("h2", { id: "chain-title" }, [words.title]);
  var close = node("button", { type: "button", class: "chain-close", "aria-label": words.close }, ["×"]);
  var body = node("div", { class: "chain-body" });
  var dialog = node("dialog", { id: "chain", role: "dialog", "aria-modal": "true", "aria-labelledby": "chain-title" },
    [node("div", { class: "chain-head" }, [title, close]), body]);
  document.body.append(dialog);
  close.addEventListener("click", function () { dialog.close(); });
  dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
  body.addEventListener("click", function (event) { if (event.target.closest("a[href^='#']")) dialog.close(); });

  function part(list, term) {
    var told = Array.prototype.slice.call(arguments, 2).filter(Boolean);
    if (told.length) list.append(node("dt", {}, [term]), node("dd", {}, told));
  }
  function known(number) { return typeof number === "number"; }
  function rowCount(number) { return known(number) ? count(number) : data.withheld; }
  function sourceFiles(source) {
    var files = data.files[source] || [], sum = [0, 0, 0];
    // what one file does not tell, the sum over files must not
    files.forEach(function (file) { for (var k = 0; k < 3; k++) sum[k] = known(sum[k]) && known(file[k + 2]) ? sum[k] + file[k + 2] : null; });
    var rows = [];
    files.forEach(function (file) {
      var cells = file.slice(2).map(function (number) { return node("td", {}, [rowCount(number)]); });
      rows.push(node("tr", {}, [node("th", { scope: "row" }, [code(file[0])])].concat(cells)));
      rows.push(node("tr", {}, [node("td", { colspan: "4", class: "chain-hash" }, ["SHA-256 ", code(file[1])])]));
    });
    var heads = ["file", "read", "kept", "aside"].map(function (key) { return node("th", { scope: "col" }, [words[key]]); });
    var table = node("table", {}, [node("thead", {}, [node("tr", {}, heads)]), node("tbody", {}, rows)]);
    var line = [code(source), " (" + files.length + "): " + words.read + " " + rowCount(sum[0]) + ", " +
      words.kept + " " + rowCount(sum[1]) + ", " + words.aside + " " + rowCount(sum[2])];
    return node("details", {}, [node("summary", {}, line), node("div", { class: "chain-scroll" }, [table])]);
  }
  function settings(keys) {
    var items = keys.map(function (pair) { return node("li", {}, [code(pair[0] + " = " + pair[1])]); });
    return node("details", {}, [node("summary", {}, [count(keys.length)]), node("ul", {}, items)]);
  }
  function show(name, cell) {
    var entry = entries[name], maker = data.makers[entry.by], list = node("dl");
    body.replaceChildren();
    if (entry.value) body.append(node("p", { class: "chain-value" }, [entry.value]));
    if (entry.what) body.append(node("p", { class: "chain-what" }, [entry.what]));
    if (cell) {
      part(list, words.column, cell.head);
      part(list, words.row, cell.row);
      part(list, words.raw, code(cell.value));
    }
    if (entry.raw) part(list, words.raw, code(entry.raw));
    if (data.last && entry.kind === "number") part(list, words.last + " (" + data.last + ")", entry.last || words["not-there"]);
    if (maker.cell) {
      part(list, words.cell,
        link("notebooks/" + maker.notebook + ".html#cell-id=" + maker.cell, maker.notebook + ", " + maker.cell));
    }
    if (maker.function) part(list, words.function, code(maker.function));
    part(list, words.tables, maker.tables.length && node("ul", {}, maker.tables.map(function (table) {
      return node("li", {}, [code(table[0]), table[1] ? " (SHA-256 " + table[1] + "…)" : ""]);
    })));
    part(list, words.files, maker.sources.length && node("div", {}, maker.sources.map(sourceFiles)));
    if (entry.rule && entry.rule.length) {
      part(list, words.rule, node("ul", {}, entry.rule.map(function (reason) { return node("li", {}, [reason]); })));
    }
    part(list, words.settings, maker.keys.length && settings(maker.keys));
    part(list, words.seed, String(data.seed));
    var files = [entry.kind === "number" ? "data/numbers.csv" : entry.csv && "data/" + entry.csv, "ledger.json"];
    var links = files.filter(Boolean).map(function (file) { return node("li", {}, [link(file, file)]); });
    part(list, words.data, node("ul", {}, links));
    body.append(list);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    close.focus();
  }

  // --- what can be followed
  function button(element, name) {
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    element.setAttribute("aria-haspopup", "dialog");
    element.dataset.entry = name;
  }
  document.documentElement.classList.add("can-follow");
  var told = node("p", { id: "how-to-follow", hidden: "" }, [words.cells]);
  main.append(told);
  main.querySelectorAll(".entry[data-entry]").forEach(function (element) {
    if (entries[element.dataset.entry] && !element.closest("a, button")) button(element, element.dataset.entry);
    else element.classList.remove("entry");
  });
  Object.keys(entries).forEach(function (name) {
    var place = entries[name].id && document.getElementById(entries[name].id);
    if (!place) return;
    var block = place.closest(".table-block, .figure-block"), notes = block && block.querySelector(".table-notes p, .figure-notes p");
    var opener = node("button", { type: "button", class: "follow", "aria-haspopup": "dialog" }, [words.follow]);
    opener.addEventListener("click", function () { show(name); });
    if (notes) notes.append(" ", opener);
    else place.append(opener);
    place.dataset.follow = name;
    var region = place.closest(".table-scroll");
    if (region) region.setAttribute("aria-describedby", told.id);
    place.querySelectorAll("tbody th, tbody td").forEach(function (cell) { cell.tabIndex = -1; });
  });
  function cellOf(place) {
    var cell = place.closest("tbody th, tbody td"), table = cell && cell.closest("table[data-follow]");
    if (!table) return null;
    var row = Array.prototype.indexOf.call(table.tBodies[0].rows, cell.parentElement);
    var held = entries[table.dataset.follow].cells, line = held && held.rows[row];
    var value = line ? line[cell.cellIndex] : null;
    if (!line) return { name: table.dataset.follow };
    var said = value === null ? cell.textContent.trim() : value === "[c]" ? words.withheld : String(value);
    return { name: table.dataset.follow, cell: { head: held.heads[cell.cellIndex], row: line[0] === null ? "" : String(line[0]), value: said } };
  }
  function follow(place) {
    var entry = place.closest("[role=button][data-entry]");
    if (entry) { show(entry.dataset.entry); return true; }
    var found = cellOf(place);
    if (found) { show(found.name, found.cell); return true; }
    var picture = place.closest("figure[data-follow]");
    if (picture) { show(picture.dataset.follow); return true; }
    return false;
  }
  main.addEventListener("click", function (event) {
    if (event.target.closest("a, button, summary") || String(window.getSelection())) return;
    follow(event.target);
  });
  // Arrow keys walk through a table's cells once the reader has stepped into it.
  function neighbour(cell, key) {
    var row = cell.parentElement, at = cell.cellIndex;
    if (key === "ArrowLeft") return row.cells[at - 1];
    if (key === "ArrowRight") return row.cells[at + 1];
    var other = key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
    return other && other.cells[at];
  }
  main.addEventListener("keydown", function (event) {
    var place = event.target, key = event.key;
    if (event.altKey || event.ctrlKey || event.metaKey || place.closest("a, button, summary")) return;
    if (place.matches("[role=button][data-entry]")) {
      if (key === "Enter" || key === " ") { event.preventDefault(); show(place.dataset.entry); }
      return;
    }
    var table = place.matches(".table-scroll") && place.querySelector("table[data-follow]");
    if (table) {
      if (key === "Enter") { event.preventDefault(); show(table.dataset.follow); }
      if (key === "ArrowDown") { event.preventDefault(); table.tBodies[0].rows[0].cells[0].focus(); }
      return;
    }
    if (!place.matches("table[data-follow] tbody th, table[data-follow] tbody td")) return;
    if (key === "Enter") { event.preventDefault(); follow(place); }
    if (key === "Escape") { event.preventDefault(); place.closest(".table-scroll").focus(); }
    if (key.indexOf("Arrow") === 0) {
      event.preventDefault();
      var next = neighbour(place, key);
      if (next) next.focus();
      else if (key === "ArrowUp") place.closest(".table-scroll").focus();
    }
  });
})();
