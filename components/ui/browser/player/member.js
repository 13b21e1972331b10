// One video on the clock: how far it has come, and how it is brought back into step. Knows no other video.
// The common time is the video's own time less its shift: a video shifted by +0.2 s runs 0.2 s ahead of the clock.

const SOFT = 0.02; // seconds apart: below this two videos count as together
const SETTLED = 0.004; // a correction goes on until here, so that it does not flicker around SOFT
const HARD = 0.25; // beyond this a seek is quicker than a change of speed
const GAIN = 10; // how hard a drifting video is pulled: 50 ms behind plays 50 % faster
const PULL = 1; // and never by more than this
const SLOWEST = 0.0625; // browsers refuse less
const NEAR = 0.1; // close enough to join the others at the first try
const STARVED_MS = 120; // shorter gaps in the data are the decoder's, if all of the file is here
const STOCK = [0, 1, 2, 4]; // seconds of data to gather before a start, after it ran dry so many times
const EARLY = 0.03; // a video that begins later is started this much ahead, because starting takes time

export const between = (value, low, high) => Math.min(Math.max(value, low), high);

export class Member {
  constructor(id, video, fps) {
    Object.assign(this, { id, video, fps: fps > 0 ? fps : 25 });
    this.shift = 0; // seconds that it runs ahead of the common time
    this.shown = true; // one that is out of sight follows, but nobody waits for it
    this.lasts = true; // counts for how long all play; not where only two others are compared
    this.joined = false; // runs with the others; false while it is on its way to them
    this.failed = false;
    this.pulled = false;
    this.starvedAt = 0;
    this.dry = 0; // how often it ran out of data
    this.tries = 0; // to join
    this.sentAt = 0; // when it was last sent after the others while they ran
    this.lead = 0.15; // seconds that such a seek takes, so it is sent that much ahead
  }

  // --- readings

  end() {
    return Number.isFinite(this.video.duration) ? this.video.duration : 0;
  }

  // The common time at which it ends.
  until() {
    return this.end() - this.shift;
  }

  time() {
    return this.video.currentTime - this.shift;
  }

  // The place inside this video for a common time: its first frame before it begins, and past its end half
  // a frame back, where its last frame is.
  within(time) {
    return between(time + this.shift, 0, Math.max(0, this.end() - 0.5 / this.fps));
  }

  early(time) {
    return time + this.shift < -0.001;
  }

  over() {
    return this.video.ended || this.video.currentTime >= this.end() - 0.001;
  }

  usable() {
    return !this.failed && this.video.readyState >= 1;
  }

  // Seconds of data in hand; endless when the rest of the file is there or the browser asks for no more.
  stocked() {
    const { buffered, currentTime, networkState } = this.video;
    if (networkState === HTMLMediaElement.NETWORK_IDLE) return Infinity;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) > currentTime + 0.1 || buffered.end(i) <= currentTime) continue;
      return buffered.end(i) >= this.end() - 0.2 ? Infinity : buffered.end(i) - currentTime;
    }
    return 0;
  }

  // Has what a start at this time needs; one that will only hold its first or last frame needs just that frame.
  readyAt(time) {
    if (this.failed) return true;
    const { seeking, readyState } = this.video;
    if (seeking) return false;
    if (this.early(time) || time >= this.until() - 0.1) return readyState >= 2;
    return readyState >= 3 && this.stocked() >= STOCK[Math.min(this.dry, STOCK.length - 1)];
  }

  // Stands still for want of data.
  starved() {
    const short = this.joined && !this.video.paused && !this.over() && this.video.readyState < 3;
    if (!short) this.starvedAt = 0;
    else this.starvedAt ||= performance.now();
    return short && (this.stocked() < Infinity || performance.now() - this.starvedAt > STARVED_MS);
  }

  // --- standing still

  // A seek to the edge between two frames may show either: a little past it, it is always the later one.
  place(time, slack = 0.0005) {
    let goal = this.within(time);
    const edge = Math.round(goal * this.fps);
    if (edge > 0 && Math.abs(goal * this.fps - edge) < 0.1) goal = (edge + 0.1) / this.fps;
    if (Math.abs(this.video.currentTime - goal) > slack) this.video.currentTime = goal;
  }

  prepare(time, speed) {
    Object.assign(this, { joined: this.readyAt(time), starvedAt: 0, sentAt: 0, tries: 0, pulled: false });
    this.video.playbackRate = speed;
  }

  // True if it moves at this time; before its beginning and after its end it holds a frame.
  moves(time) {
    return !this.early(time) && time < this.until() - 0.6 / this.fps;
  }

  // Stands on its last frame, where it was put: not at its end, and not on its way to it.
  rests(time) {
    return this.video.paused && !this.early(time) && !this.moves(time);
  }

  // --- running with the others

  // Brings the video towards the common time and returns how far it was from it. `roll` starts it.
  follow(time, speed, roll) {
    const { video } = this;
    if (video.seeking) return 0;
    this.arrive();
    if (!this.joined) return this.join(time, speed, roll);
    if (this.early(time + EARLY * speed)) return this.hold();
    if (this.over() || this.rests(time)) return 0;
    const apart = Math.min(time + this.shift, this.end()) - video.currentTime;
    if (video.paused) roll(this);
    if (Math.abs(apart) > HARD) this.send(time, speed);
    else this.pull(apart, speed);
    return apart;
  }

  hold() {
    if (!this.video.paused) this.video.pause();
    return 0;
  }

  pull(apart, speed) {
    this.pulled = Math.abs(apart) > (this.pulled ? SETTLED : SOFT);
    // Added, not multiplied, below full speed: slow videos come back as quickly as others.
    const strength = Math.max(1, speed);
    const change = this.pulled ? strength * between(apart * GAIN, -PULL, PULL) : 0;
    this.pace(Math.max(SLOWEST, speed + Math.round(change * 50) / 50));
  }

  pace(rate) {
    if (this.video.playbackRate !== rate) this.video.playbackRate = rate;
  }

  send(time, speed) {
    this.sentAt = performance.now();
    this.video.currentTime = this.within(time + this.lead * speed);
  }

  arrive() {
    if (this.sentAt) this.lead = between((performance.now() - this.sentAt) / 1000, 0.05, 2);
    this.sentAt = 0;
  }

  // A video that came while the others run: it is sent a little ahead, then runs with them.
  join(time, speed, roll) {
    if (!this.readyAt(time)) return 0;
    const apart = this.within(time) - this.video.currentTime;
    // The first seek measures how long a seek takes here, the second aims by it; then it joins as it is.
    if (Math.abs(apart) > (this.tries < 2 ? NEAR : HARD)) {
      this.tries += 1;
      this.send(time, speed);
    } else {
      this.prepare(time, speed);
      if (this.moves(time)) roll(this);
    }
    return 0;
  }
}
