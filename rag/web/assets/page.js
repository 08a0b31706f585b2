/* The page's own script: clicks and keys on our panels, the hover of a citation, downloads. No library, no eval. */
(() => {
  "use strict";
  const phone = () => matchMedia("(max-width: 860px)").matches;
  let counter = 0;
  let opener = null; // the button whose article is open, to return to: itself, or the one drawn in its place
  let returning = null; // the claim of the list to return to, which may be drawn anew
  let asked = false; // whether the reader opened the evidence, or the answer did

  const attest = (window.attest = {
    // hand an object to the handler of a hidden textbox
    send(id, message) {
      const box = document.querySelector(`#${id} textarea, #${id} input`);
      if (!box) return;
      box.value = JSON.stringify({ ...message, nonce: `${Date.now()}-${++counter}` });
      box.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });

  const say = (words) => {
    let node = document.getElementById("attest-say");
    if (!node) {
      node = document.createElement("div");
      node.id = "attest-say";
      node.className = "visually-hidden";
      node.setAttribute("role", "status");
      document.body.append(node);
    }
    if (node.textContent !== words) node.textContent = words;
  };

  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const before = button.textContent;
    button.textContent = "Copied";
    say("Copied");
    setTimeout(() => (button.textContent = before), 1500);
  };

  const open = (button) => {
    hideTip();
    asked = true;
    const same = `.cite[data-turn="${button.dataset.turn}"][data-number="${button.dataset.number}"]`;
    opener = { button, same, at: [...document.querySelectorAll(same)].indexOf(button) };
    document.querySelectorAll(".cite.is-open").forEach((one) => one.classList.remove("is-open"));
    button.classList.add("is-open");
    if (button.classList.contains("open-claim")) attest.send("wire-open", { claim: button.id.replace(/^open-claim-/, "") });
    else attest.send("wire-open", { turn: Number(button.dataset.turn), number: Number(button.dataset.number) });
  };

  const focusOn = (node) => {
    node?.focus({ focusVisible: true });
    node?.scrollIntoView({ block: phone() ? "center" : "nearest" });
  };

  // back from the evidence to where it was opened; where an answer opened it, to its number there
  const back = (number) => {
    if (opener?.button.id) {
      returning = opener.button.id;
      setTimeout(() => (returning = null), 3000);
      document.querySelector("[role=tab][data-tab-id=claims]")?.click();
    } else if (opener) focusOn(opener.button.isConnected ? opener.button : document.querySelectorAll(opener.same)[opener.at]);
    else focusOn(document.querySelector(`.turn:last-child .source .cite[data-number="${number}"]`));
  };

  const actions = {
    back: (b) => back(b.dataset.number),
    party: (b) => attest.send("wire-party", { name: b.dataset.name, id: b.dataset.id }),
    ask: (b) => attest.send("wire-ask", { question: b.dataset.question }),
    retry: (b) => attest.send("wire-ask", { retry: Number(b.dataset.turn) }),
    edit: (b) => {
      attest.send("wire-edit", { turn: Number(b.dataset.turn) });
      document.querySelector("#question textarea")?.focus();
    },
    restart: () => attest.send("wire-edit", { restart: true }),
    "stop-edit": () => attest.send("wire-edit", { stop: true }),
    copy: (b) => copy(document.querySelector(`#turn-${b.dataset.turn} .as-text`)?.textContent ?? "", b),
    link: (b) => copy(`${location.origin}${location.pathname}?${b.dataset.query}`, b),
    save: (b) => attest.send("wire-other", { save: b.dataset.form }),
    vote: (b) => {
      const form = b.closest(".turn").querySelector(".note-form");
      form.hidden = false;
      form.dataset.vote = b.dataset.vote;
      b.closest(".actions").querySelectorAll("[data-action=vote]").forEach((one) => {
        one.setAttribute("aria-expanded", one === b);
        one.classList.toggle("is-open", one === b);
      });
      form.querySelector("input").focus();
    },
  };

  document.addEventListener("click", (event) => {
    const cite = event.target.closest?.(".cite[data-number], .open-claim");
    if (cite) return open(cite);
    const button = event.target.closest?.("[data-action]");
    if (button && actions[button.dataset.action]) actions[button.dataset.action](button);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.(".note-form");
    if (!form) return;
    event.preventDefault();
    attest.send("wire-other", { vote: form.dataset.vote, turn: Number(form.dataset.turn), note: form.elements.note.value });
    form.textContent = "Sending …"; // what became of it the server says
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hideTip();
    const shown = event.target.closest?.("#evidence .evidence");
    if (shown) back(shown.querySelector("[data-action=back]")?.dataset.number);
  });

  // The hover: one floating box, filled with the passage of the citation.
  const tip = document.createElement("div");
  tip.id = "floating-tip";
  tip.hidden = true;
  tip.setAttribute("role", "tooltip");
  let hiding = null;
  let tipFor = null;
  const showTip = (button) => {
    const source = document.getElementById(button.dataset.tip);
    if (!source) return;
    clearTimeout(hiding);
    tipFor = button;
    if (!tip.isConnected) document.body.append(tip);
    tip.replaceChildren(...[...source.childNodes].map((node) => node.cloneNode(true)));
    tip.hidden = false;
    button.setAttribute("aria-describedby", source.id);
    const at = button.getBoundingClientRect();
    const width = Math.min(380, innerWidth - 24);
    tip.style.width = `${width}px`;
    tip.style.left = `${Math.max(12, Math.min(at.left - 20, innerWidth - width - 12))}px`;
    const below = at.bottom + 8 + tip.offsetHeight < innerHeight;
    tip.style.top = `${below ? at.bottom + 8 : Math.max(8, at.top - tip.offsetHeight - 8)}px`;
  };
  const hideTip = () => {
    clearTimeout(hiding);
    tip.hidden = true;
  };
  const later = () => {
    clearTimeout(hiding);
    hiding = setTimeout(hideTip, 180);
  };
  document.addEventListener("mouseover", (event) => {
    const button = event.target.closest?.(".cite[data-tip]");
    if (button) showTip(button);
    else if (event.target.closest?.("#floating-tip")) clearTimeout(hiding);
    else if (!tip.hidden) later();
  });
  document.addEventListener("focusin", (event) => {
    const button = event.target.closest?.(".cite[data-tip]");
    if (button && button.matches(":focus-visible")) showTip(button);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.closest?.(".cite") === tipFor) later();
  });
  addEventListener(
    "scroll",
    (event) => {
      if (!tip.hidden && tipFor && event.target.contains(tipFor)) showTip(tipFor);
    },
    true,
  );

  // What the server has put into our panels since we last looked.
  const seen = new WeakSet();
  const once = (node, act) => {
    if (node && !seen.has(node)) {
      seen.add(node);
      act(node);
    }
  };
  let turns = 0;
  const look = () => {
    const all = document.querySelectorAll("#conversation .turn");
    const last = all[all.length - 1];
    if (all.length > turns) last.scrollIntoView({ block: "start", behavior: "auto" });
    turns = all.length;
    document.querySelectorAll("#next .suggestions").forEach((one) => (one.hidden = Number(one.dataset.turns) !== turns));
    if (last) say(last.querySelector("[data-say]")?.dataset.say ?? "");
    once(document.querySelector("#evidence .evidence"), (article) => {
      const mark = article.querySelector("mark.cited");
      const text = article.querySelector(".article-text");
      const area = document.getElementById("evidence");
      if (asked && phone()) mark?.scrollIntoView({ block: "center" });
      else if (mark && area) area.scrollTop += mark.getBoundingClientRect().top - area.getBoundingClientRect().top - area.clientHeight / 3;
      if (asked) text?.focus({ preventScroll: true });
      else opener = null;
      asked = false;
    });
    once(document.querySelector("#outbox .file"), (file) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([file.textContent], { type: file.dataset.type }));
      link.download = file.dataset.name;
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    });
    once(document.querySelector("#outbox .kept"), (kept) => {
      const form = document.querySelector(`.note-form[data-turn="${kept.dataset.turn}"]`);
      if (form) form.textContent = kept.textContent;
      say(kept.textContent);
    });
    document.querySelectorAll(".date input[type=text]").forEach((input) => (input.type = "date"));
    document.querySelectorAll(".any input:not([placeholder])").forEach((input) => (input.placeholder = "any"));
    const areas = document.getElementById("areas"); // as high as what stands above leaves room for
    if (areas?.offsetParent) document.documentElement.style.setProperty("--above", `${Math.round(areas.getBoundingClientRect().top + scrollY)}px`);
    const claim = returning && document.getElementById(returning);
    if (claim?.offsetParent && document.activeElement !== claim) focusOn(claim);
    document.querySelectorAll(".dropdown-arrow, button:not([aria-label])").forEach((button) => {
      if (button.tagName === "BUTTON" && !button.textContent.trim() && !button.title) button.setAttribute("aria-label", "Options");
    });
  };
  let due = false;
  new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      look();
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
