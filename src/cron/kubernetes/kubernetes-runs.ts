import { dayRule } from '../cron-schedule.ts';
import type { CronFields, KubernetesSchedule } from '../cron-schedule.ts';
import { DAY, dayOf, midnightOf, MINUTE, weekdayOf } from '../zone/calendar-day.ts';
import type { CalendarDay, WallTime } from '../zone/calendar-day.ts';
import type { Instant, ZoneOffset } from '../zone/zone-offset.ts';

const HOUR = 60 * MINUTE;
/** It looks no further. */
const YEARS = 5;

/**
 * When robfig/cron v3.0.1 fires after an instant, ascending, step by step as its spec.go Next does it: where clocks change at midnight, or
 * by half an hour, it leaves days out that a calendar has, and users of Kubernetes get what it does. Ends where nothing fires for five years.
 */
export function* kubernetesRuns(
  schedule: KubernetesSchedule,
  after: Instant,
  offset: ZoneOffset,
): Generator<Instant> {
  let run = nextRun(schedule, after, offset);
  while (run !== null) {
    yield run;
    run = nextRun(schedule, run, offset);
  }
}

function nextRun(schedule: KubernetesSchedule, after: Instant, offset: ZoneOffset): Instant | null {
  const search = new Search(schedule, Math.floor(after / 1000) * 1000 + 1000, offset);
  const limit = search.day.year + YEARS;
  while (search.day.year <= limit) {
    const isFound =
      search.toMonth() &&
      search.toDay() &&
      search.toHour() &&
      search.toMinute() &&
      search.toSecond();
    if (isFound) return search.at;
  }
  return null;
}

/** A time that is moved on until all fields have it; each step is true where its field has it, and false where the search begins anew. */
class Search {
  at: Instant;
  readonly #fields: CronFields;
  readonly #rule: 'both' | 'either';
  readonly #offset: ZoneOffset;
  /** Smaller fields are at their beginning. */
  #added = false;

  constructor(schedule: KubernetesSchedule, at: Instant, offset: ZoneOffset) {
    this.at = at;
    this.#fields = schedule.fields;
    this.#rule = dayRule(schedule.fields);
    this.#offset = offset;
  }

  get day(): CalendarDay {
    return dayOf(this.#wall);
  }

  toMonth(): boolean {
    while (!this.#fields.month.values.includes(this.day.month)) {
      const { year, month } = this.#start(() => this.#date(midnightOf({ ...this.day, day: 1 })));
      const clock = this.#wall - midnightOf(this.day);
      const following = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
      this.at = this.#date(midnightOf({ ...following, day: this.day.day }) + clock);
      if (this.day.month === 1) return false;
    }
    return true;
  }

  toDay(): boolean {
    while (!this.#isDay()) {
      this.#start(() => this.#date(midnightOf(this.day)));
      this.at = this.#date(this.#wall + DAY);
      const hour = this.#hour;
      if (hour !== 0) this.at += (hour > 12 ? 24 - hour : -hour) * HOUR;
      if (this.day.day === 1) return false;
    }
    return true;
  }

  toHour(): boolean {
    while (!this.#fields.hour.values.includes(this.#hour)) {
      this.#start(() => this.#date(Math.floor(this.#wall / HOUR) * HOUR));
      this.at += HOUR;
      if (this.#hour === 0) return false;
    }
    return true;
  }

  toMinute(): boolean {
    while (!this.#fields.minute.values.includes(this.#minute)) {
      this.#start(() => Math.floor(this.at / MINUTE) * MINUTE);
      this.at += MINUTE;
      if (this.#minute === 0) return false;
    }
    return true;
  }

  toSecond(): boolean {
    const rest = this.at % MINUTE;
    if (rest === 0) return true;
    this.#added = true;
    this.at += MINUTE - rest;
    return false;
  }

  #isDay(): boolean {
    const ofMonth = this.#fields['day of month'].values.includes(this.day.day);
    const ofWeek = this.#fields['day of week'].values.includes(weekdayOf(this.#wall));
    return this.#rule === 'both' ? ofMonth && ofWeek : ofMonth || ofWeek;
  }

  #start(beginning: () => Instant): CalendarDay {
    if (!this.#added) this.at = beginning();
    this.#added = true;
    return this.day;
  }

  get #wall(): WallTime {
    return this.at + this.#offset(this.at);
  }

  get #hour(): number {
    return Math.floor((this.#wall - midnightOf(this.day)) / HOUR);
  }

  get #minute(): number {
    return Math.floor((this.#wall % HOUR) / MINUTE);
  }

  /** As Go's time.Date: of a time that there is not or twice, the instant by the offset that it finds first. */
  #date(wall: WallTime): Instant {
    return wall - this.#offset(wall - this.#offset(wall));
  }
}
