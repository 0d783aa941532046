// The panel that looks combinations of choices up in their tables. Without this script the tables stand by themselves;
// it computes nothing: every word and number that it shows is a cell's.
(function () {
  "use strict";
  var box = document.querySelector(".whatif");
  if (!box) return;
  var count = Number(box.dataset.choices), mark = box.dataset.decimal;
  // After the choices a table's columns are these.
  var VALUE = count, LOW = count + 1, HIGH = count + 2, ROBUST_LOW = count + 3, ROBUST_HIGH = count + 4, VERDICT = count + 6;
  var parts = [];
  box.querySelectorAll(".whatif-of").forEach(function (place) {
    var table = place.querySelector("table");
    if (!table) return;
    var lines = Array.prototype.slice.call(table.tBodies[0].rows);
    parts.push({
      label: place.dataset.label, start: Number(place.dataset.start), smallest: Number(place.dataset.smallest || NaN), place: place,
      heads: texts(table.tHead.rows[0]), lines: lines, rows: lines.map(texts)
    });
  });
  if (!parts.length) return;

  function texts(line) { return Array.prototype.map.call(line.cells, function (cell) { return cell.textContent.trim(); }); }
  function node(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) { made.append(child); });
    return made;
  }
  function number(said) {
    var group = mark === "," ? /\./g : /,/g;
    return /\d/.test(said) ? Number(said.replace(group, "").replace(mark, ".").replace("\u2212", "-")) : NaN;
  }

  // --- what is chosen
  var part = parts[0], row = part.rows[part.start];
  var title = node("legend", {}, [box.dataset.panel]);
  var asked = node("div", { class: "whatif-asked" });
  var moved = node("p", { class: "whatif-moved", role: "status" });
  var told = node("p", { class: "heard", role: "status" });
  var answer = node("div", { class: "whatif-answer" });
  var panel = node("fieldset", { class: "whatif-panel" }, [title, asked, moved, told, answer]);
  box.prepend(panel);
  box.classList.add("live");

  function select(label, options, chosen, changed) {
    var list = node("select", {}, options.map(function (said) { return node("option", { value: said }, [said]); }));
    list.value = chosen;
    list.addEventListener("change", function () { changed(list.value); });
    asked.append(node("label", {}, [node("span", {}, [label]), list]));
    return list;
  }
  function different(column) {
    return part.rows.map(function (line) { return line[column]; }).filter(function (said, at, all) { return all.indexOf(said) === at; });
  }
  // The row with the changed choice that keeps most of the others; the first of several.
  function nearest(column, wanted) {
    var best = null, most = -1;
    part.rows.forEach(function (line) {
      if (line[column] !== wanted) return;
      var kept = 0;
      for (var k = 0; k < count; k++) if (line[k] === row[k]) kept++;
      if (kept > most) { most = kept; best = line; }
    });
    return best;
  }
  var lists = [];
  function build() {
    asked.replaceChildren();
    if (parts.length > 1) {
      select(box.dataset.outcome, parts.map(function (one) { return one.label; }), part.label, function (label) {
        var before = row;
        part = parts.find(function (one) { return one.label === label; });
        row = part.rows.find(function (line) { return line.slice(0, count).join("\n") === before.slice(0, count).join("\n"); })
          || part.rows[part.start];
        build();
        asked.querySelector("select").focus();
      });
    }
    lists = part.heads.slice(0, count).map(function (head, column) {
      return select(head, different(column), row[column], function (wanted) {
        var before = row, also = [];
        row = nearest(column, wanted);
        for (var k = 0; k < count; k++) {
          lists[k].value = row[k];
          if (k !== column && row[k] !== before[k]) also.push(part.heads[k] + ": " + row[k]);
        }
        moved.textContent = also.length ? box.dataset.moved + " " + also.join("; ") : "";
        show();
      });
    });
    moved.textContent = "";
    show();
  }

  // --- what is answered
  function show() {
    var own = part.rows[part.start];
    var order = [VERDICT].concat(part.heads.map(function (_, k) { return k; }).slice(count).filter(function (k) { return k !== VERDICT; }));
    var lines = order.map(function (k) {
      return node("tr", k === VERDICT ? { class: "whatif-verdict" } : {}, [
        node("th", { scope: "row" }, [part.heads[k]]), node("td", {}, [row[k]]), node("td", { class: "whatif-own" }, [own[k]])
      ]);
    });
    var heads = node("tr", {}, [node("td"), node("th", { scope: "col" }, [box.dataset.chosen]), node("th", { scope: "col" }, [box.dataset.own])]);
    var name = node("caption", {}, [part.label]);
    told.textContent = row[VERDICT] + ": " + row[VALUE];
    answer.replaceChildren(picture(own), node("table", {}, [name, node("thead", {}, [heads]), node("tbody", {}, lines)]));
    parts.forEach(function (one) {
      one.place.hidden = one !== part;
      one.lines.forEach(function (line, k) { line.classList.toggle("whatif-chosen", one === part && one.rows[k] === row); });
    });
  }
  function picture(own) {
    var space = "http://www.w3.org/2000/svg", drawn = [row[ROBUST_LOW], row[ROBUST_HIGH]], width = 420;
    part.rows.forEach(function (line) { drawn.push(line[LOW], line[HIGH]); });
    var numbers = drawn.map(number).concat(0, part.smallest).filter(isFinite);
    var least = Math.min.apply(null, numbers), most = Math.max.apply(null, numbers), edge = (most - least) * 0.04 || 1;
    function at(value) { return width * (value - least + edge) / (most - least + 2 * edge); }
    var svg = document.createElementNS(space, "svg");
    function draw(name, attributes) {
      var made = document.createElementNS(space, name);
      Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
      svg.append(made);
    }
    function stretch(low, high, y, kind) {
      if (isFinite(number(low)) && isFinite(number(high))) draw("line", { x1: at(number(low)), x2: at(number(high)), y1: y, y2: y, class: kind });
    }
    function upright(value, kind) { if (isFinite(value)) draw("line", { x1: at(value), x2: at(value), y1: 2, y2: 54, class: kind }); }
    svg.setAttribute("viewBox", "0 0 " + width + " 56");
    svg.setAttribute("aria-hidden", "true");
    upright(0, "zero");
    upright(part.smallest, "smallest");
    stretch(row[ROBUST_LOW], row[ROBUST_HIGH], 18, "robust");
    stretch(row[LOW], row[HIGH], 18, "chosen");
    stretch(own[LOW], own[HIGH], 42, "own");
    if (isFinite(number(row[VALUE]))) draw("circle", { cx: at(number(row[VALUE])), cy: 18, r: 6, class: "chosen" });
    if (isFinite(number(own[VALUE]))) draw("circle", { cx: at(number(own[VALUE])), cy: 42, r: 4, class: "own" });
    var words = box.dataset.picture + (isFinite(part.smallest) ? " " + box.dataset.smallest : "");
    return node("div", {}, [svg, node("p", { class: "whatif-told" }, [words])]);
  }
  build();
})();
