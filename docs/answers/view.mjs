// A field below its question, and how many of a page's are answered.

import { judge } from "./core.mjs";

const SIGNS = { right: "✓ ", rounding: "≈ " }; // these verdicts count as an answer
const STORE = "softmax-book/answers";

// Where storage is refused, the page forgets and says nothing of it.
function read() {
  try {
    return JSON.parse(localStorage[STORE]) ?? {};
  } catch {
    return {};
  }
}
function write(answers) {
  try {
    localStorage[STORE] = JSON.stringify(answers);
  } catch {}
}

const fields = () => [...document.querySelectorAll("exercise-answer")];
const progress = () => document.querySelector("answer-progress");
const page = () => progress().dataset.page;

function made(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

class ExerciseAnswer extends HTMLElement {
  connectedCallback() {
    const { answer, unit, mistakes } = this.dataset;
    this.exercise = { answer, unit, mistakes: JSON.parse(mistakes) };
    this.position = fields().indexOf(this);
    const id = `answer-${this.position}`;
    const count = answer.split(" ").length;
    const asked = (count > 1 ? ` (${count} numbers)` : "") + (unit && `, in ${unit.replace("%", "percent")}`);
    // A keypad has no sign and no space.
    this.input = made("input", { id, autocomplete: "off", inputMode: /[ -]/.test(answer) ? "" : "decimal" });
    this.verdict = made("span", { role: "status" });
    const label = made("label", { htmlFor: id }, `Your answer${asked}`);
    const form = made("form", {}, label, this.input, made("button", {}, "Check"), this.verdict);
    form.onsubmit = () => this.check();
    form.oninput = () => this.show({});
    this.restore(read()[page()]?.[this.position]);
    this.replaceChildren(form);
  }

  check() {
    const verdict = judge(this.input.value, this.exercise);
    this.show(verdict);
    if (verdict.kind === "unreadable") this.input.inputMode = ""; // in some countries a keypad has no point
    if (SIGNS[verdict.kind]) {
      this.answered = true;
      const all = read();
      write({ ...all, [page()]: { ...all[page()], [this.position]: this.input.value } });
      progress().show();
    }
    return false;
  }

  // What was right is judged again: the page may have changed since.
  restore(kept) {
    const text = typeof kept === "string" ? kept : "";
    const verdict = judge(text, this.exercise);
    this.answered = verdict.kind in SIGNS;
    this.input.value = this.answered ? text : "";
    this.show(this.answered ? { kind: "right", say: "Answered." } : {}); // short: the page must not move
  }

  show({ kind = "", say = "" }) {
    this.verdict.className = kind;
    this.verdict.textContent = say && (SIGNS[kind] ?? "✗ ") + say;
  }
}

class AnswerProgress extends HTMLElement {
  connectedCallback() {
    this.count = made("span", { role: "status" });
    this.replaceChildren(
      this.count,
      this.eraser("Erase my answers", () => ({ ...read(), [page()]: {} })),
      this.eraser("Erase all pages", () => ({})),
    );
    queueMicrotask(() => this.show()); // the fields below are not there yet
  }

  eraser(label, left) {
    const onclick = () => {
      write(left());
      fields().forEach((field) => field.restore());
      this.show();
    };
    return made("button", { onclick }, label);
  }

  show() {
    const answered = fields().filter((field) => field.answered).length;
    const said = `${answered} of ${fields().length} answered on this page, kept in this browser only.`;
    this.count.textContent = said;
  }
}

customElements.define("exercise-answer", ExerciseAnswer);
customElements.define("answer-progress", AnswerProgress);
