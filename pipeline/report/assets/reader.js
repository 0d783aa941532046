// Reading aids of the page: contents that follow the reader, permanent links, search within the report. Without this script
// the report reads as it is. Nothing leaves the page.
(function () {
  "use strict";
  var root = document.documentElement, nav = document.getElementById("daftar-isi"), main = document.getElementById("isi");
  var bar = document.querySelector(".bar");
  function node(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) { made.append(child); });
    return made;
  }

  // --- contents that follow
  var links = {}, current = null, waiting = false;
  nav.querySelectorAll("a[href^='#']").forEach(function (link) { links[decodeURIComponent(link.hash.slice(1))] = link; });
  var headings = Array.prototype.filter.call(main.querySelectorAll("h1[id], h2[id]"), function (place) { return links[place.id]; });
  function follow() {
    waiting = false;
    var line = bar.offsetHeight + window.innerHeight / 5, low = 0, high = headings.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (headings[middle].getBoundingClientRect().top <= line) low = middle + 1; else high = middle;
    }
    var link = low ? links[headings[low - 1].id] : null;
    if (link === current) return;
    if (current) { current.classList.remove("current"); current.removeAttribute("aria-current"); }
    current = link;
    if (!link) return;
    link.classList.add("current");
    link.setAttribute("aria-current", "location");
    var away = link.getBoundingClientRect(), frame = nav.getBoundingClientRect();
    if (away.top < frame.top || away.bottom > frame.bottom) nav.scrollTop += away.top - frame.top - frame.height / 3;
  }
  window.addEventListener("scroll", function () {
    if (!waiting) { waiting = true; window.requestAnimationFrame(follow); }
  }, { passive: true });
  window.addEventListener("resize", follow);
  follow();

  // --- formulas and figures that are wider than the page: a keyboard can scroll them
  var wide = main.querySelectorAll(".formula, .equation, figure");
  function reach() {
    wide.forEach(function (place) {
      if (place.scrollWidth > place.clientWidth + 1) place.tabIndex = 0;
      else place.removeAttribute("tabindex");
    });
  }
  // --- what scrolls sideways says so; the message of a figure is read without scrolling
  var hints = Array.prototype.map.call(main.querySelectorAll(".table-scroll, figure"), function (place) {
    var said = place.querySelector("img[data-said]");
    var hint = node("p", { class: "more", "aria-hidden": "true" }, said && said.dataset.said ? [node("b", {}, [said.dataset.said])] : []);
    hint.append(main.dataset.more + " →");
    hint.hidden = true;
    place.before(hint);
    return { place: place, hint: hint };
  });
  function tell() {
    hints.forEach(function (one) { one.hint.hidden = one.place.scrollWidth <= one.place.clientWidth + 1; });
  }
  window.addEventListener("resize", function () { reach(); tell(); });
  window.addEventListener("load", function () { reach(); tell(); });
  tell();
  reach();

  // --- permanent links
  function name(place) { return place.textContent.replace(/\s+/g, " ").trim(); }
  main.querySelectorAll("h1[id], h2[id], h3[id], h4[id], figure[id] > figcaption, table[id] > caption").forEach(function (place) {
    var id = place.id || place.parentElement.id;
    if (place.closest(".cover, .approval") || !id) return;
    var label = main.dataset.permalink + ": " + name(place);
    place.append(node("wbr"), node("a", { class: "permalink", href: "#" + encodeURIComponent(id), "aria-label": label }, ["#"]));
  });

  // --- search
  var open = document.getElementById("find"), box = document.getElementById("search");
  var input = box.querySelector("input"), count = box.querySelector("[role=status]"), list = box.querySelector("ol");
  var SHOWN = 40, AROUND = 60, index = null;
  open.hidden = false;
  function plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  function gather() {
    var heading = "", found = [];
    main.querySelectorAll("h1, h2, h3, h4, p, li, caption, figcaption, tbody tr, .callout-title").forEach(function (place) {
      if (place.closest("details.list, .whatif-panel, .more, [hidden], dialog")) return;
      if (place.matches("p, li") && place.querySelector("p, li")) return;
      var copy = place.cloneNode(true);
      copy.querySelectorAll(".permalink, .heard, .follow, annotation").forEach(function (part) { part.remove(); });
      copy.querySelectorAll("td, th").forEach(function (part) { part.append(" "); });
      var text = name(copy), kind = /^H\d$/.test(place.tagName) ? 0 : /CAPTION$/.test(place.tagName) ? 1 : 2;
      if (place.tagName === "FIGCAPTION") {
        var image = place.parentElement.querySelector("img");
        if (image) text += " " + image.alt;
      }
      if (kind === 0) heading = text;
      // Letters with marks are one letter in a text that is composed, and so stand where they stand in the plain one.
      if (text) found.push({ place: place, text: text.normalize("NFC"), plain: plain(text), heading: kind ? heading : "", kind: kind });
    });
    return found;
  }
  function snippet(entry, words) {
    var at = Math.max(0, entry.plain.indexOf(words[0])), from = Math.max(0, at - AROUND);
    var text = entry.text.slice(from, at + words[0].length + 2 * AROUND), low = plain(text), parts = [], done = 0;
    while (done < text.length) {
      var next = words.map(function (word) { return { at: low.indexOf(word, done), size: word.length }; })
        .filter(function (hit) { return hit.at >= 0; }).sort(function (a, b) { return a.at - b.at || b.size - a.size; })[0];
      if (!next || low.length !== text.length) break;
      parts.push(text.slice(done, next.at), node("mark", {}, [text.slice(next.at, next.at + next.size)]));
      done = next.at + next.size;
    }
    return [from ? "… " : ""].concat(parts, text.slice(done), at + words[0].length + 2 * AROUND < entry.text.length ? " …" : "");
  }
  function go(entry) {
    show(false);
    entry.place.tabIndex = -1;
    entry.place.focus({ preventScroll: true });
    entry.place.scrollIntoView({ block: "center" });
    entry.place.classList.add("found");
    entry.place.addEventListener("blur", function () {
      entry.place.classList.remove("found");
      entry.place.removeAttribute("tabindex");
    }, { once: true });
  }
  function look() {
    var words = plain(input.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!words.length) { count.textContent = ""; return; }
    index = index || gather();
    var hits = index.filter(function (entry) { return words.every(function (word) { return entry.plain.includes(word); }); });
    // Headings first, then captions; among like places those that have the words side by side.
    var phrase = words.join(" ");
    function rank(entry) { return 2 * entry.kind + (entry.plain.includes(phrase) ? 0 : 1); }
    hits.sort(function (one, other) { return rank(one) - rank(other); });
    count.textContent = hits.length ? box.dataset.count + " " + hits.length.toLocaleString(root.lang) +
      (hits.length > SHOWN ? ". " + box.dataset.first + " " + SHOWN : "") : box.dataset.none;
    hits.slice(0, SHOWN).forEach(function (entry) {
      var button = node("button", { type: "button" }, snippet(entry, words));
      if (entry.heading) button.prepend(node("span", { class: "search-where" }, [entry.heading]));
      button.addEventListener("click", function () { go(entry); });
      list.append(node("li", {}, [button]));
    });
  }
  function show(on) {
    box.hidden = !on;
    open.setAttribute("aria-expanded", String(on));
    if (on) input.focus();
  }
  open.addEventListener("click", function () { show(box.hidden); });
  box.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault();
    var first = list.querySelector("button");
    if (first) first.click();
  });
  input.addEventListener("input", look);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !box.hidden) { show(false); open.focus(); }
  });
})();
