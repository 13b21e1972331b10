// One video on the clock: how far it has come, and how it is brought back into step. Knows no other video.

const SOFT = 0.02; // seconds apart: below this two videos count as together
const SETTLED = 0.004; // a correction goes on until here, so that it does not flicker around SOFT
const HARD = 0.25; // beyond this a seek is quicker than a change of speed
const GAIN = 4; // how hard a drifting video is pulled: 50 ms behind plays 20 % faster
const PULL = 0.5; // and never by more than this
const SLOWEST = 0.0625; // browsers refuse less
const NEAR = 0.1; // close enough to join the others at the first try
const STARVED_MS = 120; // shorter gaps in the data are the decoder's, not the network's

const between = (value, low, high) => Math.min(Math.max(value, low), high);

class Member {
  constructor(id, video, fps) {
    Object.assign(this, { id, video, fps: fps > 0 ? fps : 25 });
    this.joined = false; // runs with the others; false while it is on its way to them
    this.failed = false;
    this.pulled = false;
    this.starvedAt = 0;
    this.tries = 0; // to join
    this.sentAt = 0; // when it was last sent after the others while they ran
    this.lead = 0.15; // seconds that such a seek takes, so it is sent that much ahead
  }

  end() {
    return Number.isFinite(this.video.duration) ? this.video.duration : 0;
  }

  // The place inside this video for a common time; past its end half a frame back, where its last frame is.
  within(time) {
    return between(time, 0, Math.max(0, this.end() - 0.5 / this.fps));
  }

  over() {
    return this.video.ended || this.video.currentTime >= this.end() - 0.001;
  }

  usable() {
    return !this.failed && this.video.readyState >= 1;
  }

  // Has what a start at this time needs; one that will only hold its last frame needs just that frame.
  readyAt(time) {
    if (this.failed) return true;
    return !this.video.seeking && this.video.readyState >= (time >= this.end() - 0.1 ? 2 : 3);
  }

  prepare(time, speed) {
    Object.assign(this, { joined: this.readyAt(time), starvedAt: 0, sentAt: 0, tries: 0, pulled: false });
    this.video.playbackRate = speed;
  }

  starved() {
    const short = this.joined && this.video.readyState < 3 && !this.over();
    if (!short) this.starvedAt = 0;
    else this.starvedAt ||= performance.now();
    return short && performance.now() - this.starvedAt > STARVED_MS;
  }

  place(time) {
    const goal = this.within(time);
    if (Math.abs(this.video.currentTime - goal) > 0.0005) this.video.currentTime = goal;
  }

  // Brings the video towards the common time and returns how far it was from it. `roll` starts it.
  follow(time, speed, roll) {
    const { video } = this;
    if (video.seeking) return 0;
    this.arrive();
    if (!this.joined) return this.join(time, speed, roll);
    if (this.over()) return 0;
    const apart = Math.min(time, this.end()) - video.currentTime;
    if (video.paused) roll(this);
    if (Math.abs(apart) > HARD) this.send(time, speed);
    else this.pull(apart, speed);
    return apart;
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
      if (time < this.end()) roll(this);
    }
    return 0;
  }
}
