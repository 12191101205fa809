// On request the whole book is kept on the reader's device, by the service worker that the build writes.

const WORKER = new URL("../offline.js", import.meta.url);
const KEEP = "Keep the book on this device";
const REMOVE = "Remove it from this device";

class OfflineCopy extends HTMLElement {
  async connectedCallback() {
    if (this.firstChild || !navigator.serviceWorker) return;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.told = document.createElement("p");
    this.told.setAttribute("role", "status");
    this.append(this.button, this.told);
    this.button.addEventListener("click", () => this.act());
    this.show(await navigator.serviceWorker.getRegistration(WORKER), "");
  }

  show(registration, text) {
    this.registration = registration;
    this.button.textContent = registration ? REMOVE : KEEP;
    this.button.disabled = false;
    this.told.textContent = text || (registration ? "The book is on this device and opens without a network." : "");
  }

  async act() {
    this.button.disabled = true;
    try {
      await (this.registration ? this.remove() : this.keep());
    } catch (error) {
      this.show(undefined, `The book could not be kept: ${error.message}`);
    }
  }

  async keep() {
    this.told.textContent = "Fetching all pages.";
    const registration = await navigator.serviceWorker.register(WORKER);
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    await new Promise((resolve, reject) => {
      const look = () => {
        if (worker.state === "activated") resolve();
        if (worker.state === "redundant") reject(new Error("a page did not arrive"));
      };
      worker.addEventListener("statechange", look);
      look();
    });
    this.show(registration, "");
  }

  async remove() {
    await this.registration.unregister();
    const names = (await caches.keys()).filter((name) => name.startsWith("softmax-book"));
    await Promise.all(names.map((name) => caches.delete(name)));
    this.show(undefined, "Removed.");
  }
}

customElements.get("offline-copy") ?? customElements.define("offline-copy", OfflineCopy);
