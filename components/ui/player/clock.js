// The one clock: keeps N videos in step. Knows video elements and seconds; no tiles, buttons or words.

const PATIENCE_MS = 10000; // then the others start, and the slow one joins when it can

class Clock {
  constructor(onChange) {
    this.onChange = onChange;
    this.members = new Map();
    this.wanted = false; // the person pressed play
    this.running = false; // the videos really run: false while one of them still loads
    this.held = false; // the scrub bar is in the hand
    this.position = 0; // where we are while nothing runs
    this.pending = false; // a seek that waits for the one under way
    this.drift = 0; // seconds, the worst of this moment
    this.looping = false;
    this.speed = 1;
    this.volume = 1;
    this.muted = false;
    this.audible = null;
    this.raf = 0;
    this.wantedAt = this.startedAt = 0;
  }

  // --- members

  add(id, video, fps) {
    const member = new Member(id, video, fps);
    this.members.set(id, member);
    video.addEventListener("loadedmetadata", () => this.welcome(member));
    for (const name of ["canplay", "ended", "emptied"]) video.addEventListener(name, () => this.tick());
    video.addEventListener("seeked", () => this.settle());
    video.addEventListener("error", () => this.fail(member));
    this.listenTo(this.members.has(this.audible) ? this.audible : id);
    return member;
  }

  remove(id) {
    if (!this.members.delete(id)) return;
    if (this.audible === id) this.listenTo(this.members.keys().next().value ?? null);
    if (!this.members.size) this.reset();
    this.onChange();
  }

  reset() {
    Object.assign(this, { wanted: false, running: false, position: 0, pending: false, drift: 0 });
  }

  welcome(member) {
    member.failed = member.joined = false;
    if (!this.running) member.place(this.position);
    this.onChange();
  }

  fail(member) {
    member.failed = true;
    member.joined = false;
    this.tick();
  }

  // --- readings

  present() {
    return [...this.members.values()].filter((m) => m.usable());
  }

  length() {
    return Math.max(0, ...this.present().map((m) => m.end()));
  }

  // The one that is heard sets the pace, because a change of speed is audible and not visible.
  master() {
    const going = this.present().filter((m) => m.joined && !m.over());
    const heard = going.find((m) => m.id === this.audible);
    return heard ?? going.sort((a, b) => b.end() - a.end())[0] ?? null;
  }

  time() {
    return (this.running && this.master()?.video.currentTime) || this.position;
  }

  fps() {
    const heard = this.members.get(this.audible);
    return (heard ?? this.members.values().next().value)?.fps ?? 25;
  }

  frame() {
    return Math.min(Math.floor(this.time() * this.fps() + 1e-6), this.lastFrame());
  }

  lastFrame() {
    return Math.max(0, Math.ceil(this.length() * this.fps() - 1e-3) - 1);
  }

  // Members that a start has to wait for.
  loading() {
    if (performance.now() - this.wantedAt > PATIENCE_MS) return [];
    return [...this.members.values()].filter((m) => !m.readyAt(this.position));
  }

  // --- what a person asks for

  play() {
    if (!this.members.size) return;
    this.wanted = true;
    this.wantedAt = performance.now();
    this.nudge();
    if (this.position >= this.length() - 0.6 / this.fps()) this.seek(0);
    this.tick();
  }

  // Some phones load nothing before they are told to play: told so in the click, they do.
  nudge() {
    for (const { video } of this.members.values()) {
      if (video.readyState >= 3 || video.networkState !== HTMLMediaElement.NETWORK_IDLE) continue;
      video.play().then(() => this.running || video.pause()).catch(() => {});
    }
  }

  pause() {
    // All stop on the middle of one frame: a few ms apart could otherwise show two different frames.
    const stopped = this.running ? (this.frame() + 0.5) / this.fps() : null;
    this.wanted = false;
    this.stop();
    if (stopped !== null) this.seek(stopped);
    this.onChange();
  }

  toggle() {
    if (this.wanted) this.pause();
    else this.play();
  }

  seek(time) {
    this.position = between(time, 0, this.length());
    this.stop();
    this.wantedAt = performance.now();
    this.place();
    this.wake();
    this.onChange();
  }

  step(frames) {
    const next = between(this.frame() + frames, 0, this.lastFrame());
    this.wanted = false;
    this.seek((next + 0.5) / this.fps());
  }

  jump(seconds) {
    this.seek(this.time() + seconds);
  }

  toEnd() {
    this.wanted = false;
    this.seek(this.length() - 0.5 / this.fps());
  }

  hold(held) {
    this.held = held;
    if (!held) this.wake();
  }

  setSpeed(speed) {
    this.speed = speed;
    for (const m of this.members.values()) m.video.playbackRate = speed;
    this.onChange();
  }

  listenTo(id) {
    this.audible = id;
    this.sound();
  }

  setSound(muted, volume) {
    this.muted = muted;
    this.volume = volume;
    this.sound();
  }

  sound() {
    for (const m of this.members.values()) {
      m.video.volume = this.volume;
      m.video.muted = this.muted || m.id !== this.audible;
    }
    this.onChange();
  }

  // --- how it is kept

  wake() {
    if (!this.raf) this.raf = requestAnimationFrame(() => this.onFrame());
  }

  onFrame() {
    this.raf = 0;
    this.tick();
    if (this.wanted) this.wake();
  }

  tick() {
    if (this.running) this.run();
    else if (this.wanted) this.start();
    if (this.wanted) this.wake();
    this.onChange();
  }

  stop() {
    this.running = false;
    this.drift = 0;
    for (const m of this.members.values()) m.video.pause();
  }

  // Scrubbing asks for more seeks than a decoder can serve: only the newest waits its turn.
  place() {
    const here = this.present();
    this.pending = here.some((m) => m.video.seeking);
    if (this.pending) return;
    for (const m of here) m.place(this.position);
  }

  settle() {
    if (this.pending && !this.running) this.place();
    this.tick();
  }

  start() {
    if (this.held || this.pending || this.loading().length) return;
    const group = this.present();
    if (!group.length) return;
    this.running = true;
    this.startedAt = performance.now();
    for (const m of group) {
      m.prepare(this.position, this.speed);
      if (m.joined && this.position < m.end() - 0.6 / m.fps) this.roll(m);
    }
  }

  roll(member) {
    member.video.play().catch((error) => {
      // A browser may allow no sound without a fresh click: go on silently, the button says so.
      if (error.name !== "NotAllowedError" || this.muted) return;
      this.setSound(true, this.volume);
      member.video.play().catch(() => {});
    });
  }

  run() {
    const master = this.master();
    if (!master) return this.finish();
    const time = master.video.currentTime;
    const here = this.present();
    // One has no data: all stand still where the master is, and start together again.
    if (here.some((m) => m.starved())) return this.seek(time);
    // The keyboard's own pause key stops one video: it means all.
    if (master.video.paused && performance.now() - this.startedAt > 500) return this.pause();
    this.position = time;
    master.pulled = false;
    master.pace(this.speed);
    const roll = (member) => this.roll(member);
    const others = here.filter((m) => m !== master);
    this.drift = Math.max(0, ...others.map((m) => Math.abs(m.follow(time, this.speed, roll))));
  }

  finish() {
    if (this.looping) return this.seek(0);
    this.wanted = false;
    this.stop();
    this.position = this.length();
  }

  close() {
    cancelAnimationFrame(this.raf);
    this.onChange = () => {};
    this.reset();
    for (const m of this.members.values()) {
      m.video.pause();
      m.video.removeAttribute("src");
      m.video.load();
    }
    this.members.clear();
  }
}
