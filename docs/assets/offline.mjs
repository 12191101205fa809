// On request the whole book is kept on the reader's device, by the service worker that the build writes.

const WORKER = new URL("../offline.js", import.meta.url).href;
const ROOT = new URL("./", WORKER).href;
const KEPT = "The book is on this device and opens without a network.";

class OfflineCopy extends HTMLElement {
  async connectedCallback() {
    if (this.firstChild || !navigator.serviceWorker) return;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.addEventListener("click", () => this.act());
    this.told = document.createElement("p");
    this.told.setAttribute("role", "status");
    const found = await navigator.serviceWorker.getRegistration(WORKER).catch(() => undefined);
    const ours = found?.scope === ROOT ? found : undefined; // a host may keep other sites as well
    this.append(this.button, this.told);
    this.show(ours);
    if (ours && !ours.active) this.act(() => this.keep());
  }

  show(registration, text = registration ? KEPT : "") {
    this.registration = registration;
    this.button.textContent = registration ? "Remove it from this device" : "Keep the book on this device";
    this.told.textContent = text;
  }

  // One thing at a time; the button keeps the focus meanwhile.
  async act(what = () => (this.registration ? this.remove() : this.keep())) {
    if (this.button.ariaDisabled) return;
    this.button.ariaDisabled = "true";
    await what().catch((error) => this.show(this.registration, `That did not work: ${error.message}`));
    this.button.ariaDisabled = null;
  }

  async keep() {
    this.told.textContent = "Fetching all pages.";
    const registration = await navigator.serviceWorker.register(WORKER);
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    await new Promise((resolve, reject) => {
      const look = () => {
        if (worker.state === "activated") resolve();
        if (worker.state === "redundant") reject(new Error("a page did not arrive."));
      };
      worker.addEventListener("statechange", look);
      look();
    });
    this.show(registration);
  }

  async remove() {
    await this.registration.unregister();
    const ours = (await caches.keys()).filter((name) => /^softmax-book/.test(name) && name.endsWith(ROOT));
    await Promise.all(ours.map((name) => caches.delete(name)));
    this.show(undefined, "Removed.");
  }
}

customElements.get("offline-copy") ?? customElements.define("offline-copy", OfflineCopy);
