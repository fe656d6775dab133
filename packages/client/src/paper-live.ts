import type {PaperNotice, PresenceCount, ServerToClient} from '@plenary/protocol/rt';
import {takeLiveSocket, type LiveSocket, type LiveSocketOptions} from './live-socket.ts';

export interface PaperListener {
  /** Each act once, in the order of `seq`, however often the connection broke. */
  notice?(notice: PaperNotice): void;
  presence?(count: PresenceCount): void;
  /** The paper may no longer be seen; nothing more comes. */
  gone?(): void;
  /** The server refused to tell, with the sentence for the reader. */
  refused?(refusal: string, sentence: string): void;
}

interface Watch {
  readonly paper: string;
  readonly listener: PaperListener;
  /** Of the last act told. */
  seq: number;
  /** Acts that came before those that they follow on. */
  readonly ahead: Map<number, PaperNotice>;
  isAsking: boolean;
  /** What the server still counts of before the connection broke is asked for again. */
  askAgain: boolean;
}

/**
 * What happens around papers: acts and counts, over socket.io at `/rt`. Import it when it is needed, it is no part of
 * what the editor loads first.
 */
export class PaperLive {
  private readonly socket: LiveSocket;
  private readonly giveBack: () => void;
  private readonly watches = new Map<string, Watch>();

  /** `url` is the server's origin; the page's own without it. */
  constructor(url?: string, options: LiveSocketOptions = {}) {
    [this.socket, this.giveBack] = takeLiveSocket(url, options);
    this.socket.on('connect', this.onConnect);
    this.socket.on('notice', this.onNotice);
    this.socket.on('presence', this.onPresence);
    this.socket.on('gone', this.onGone);
  }

  /** Tells of the paper (its id) from the act after `since` on. Returns the end of it. */
  watch(paper: string, listener: PaperListener, since = 0): () => void {
    const watch: Watch = {paper, listener, seq: since, ahead: new Map(), isAsking: false, askAgain: false};
    this.watches.set(paper, watch);
    if (this.socket.connected) this.ask(watch);
    return () => {
      if (this.watches.get(paper) !== watch) return;
      this.watches.delete(paper);
      if (this.socket.connected) this.socket.emit('unwatch', {paper}, () => undefined);
    };
  }

  close(): void {
    for (const paper of this.watches.keys()) {
      if (this.socket.connected) this.socket.emit('unwatch', {paper}, () => undefined);
    }
    this.watches.clear();
    this.socket.off('connect', this.onConnect);
    this.socket.off('notice', this.onNotice);
    this.socket.off('presence', this.onPresence);
    this.socket.off('gone', this.onGone);
    this.giveBack();
  }

  private readonly onConnect = (): void => {
    for (const watch of this.watches.values()) this.ask(watch);
  };

  private readonly onNotice: ServerToClient['notice'] = notice => this.hear(notice);

  private readonly onPresence: ServerToClient['presence'] = count =>
    this.watches.get(count.paper)?.listener.presence?.(count);

  private readonly onGone: ServerToClient['gone'] = ({paper}) => {
    const watch = this.watches.get(paper);
    this.watches.delete(paper);
    watch?.listener.gone?.();
  };

  private ask(watch: Watch): void {
    if (watch.isAsking) {
      watch.askAgain = true;
      return;
    }
    watch.isAsking = true;
    const since = watch.seq;
    this.socket
      .timeout(10_000)
      .emitWithAck('watch', {paper: watch.paper, since})
      .then(
        answer => {
          watch.isAsking = false;
          if (this.watches.get(watch.paper) !== watch) return;
          if (!answer.ok) {
            this.watches.delete(watch.paper);
            watch.listener.refused?.(answer.refusal, answer.sentence);
            return;
          }
          // The record is shorter than it was: it was restored from a back-up, and other acts follow.
          if (answer.value.seq < since) {
            watch.seq = answer.value.seq;
            watch.ahead.clear();
          }
          const known = watch.seq;
          for (const notice of answer.value.missed) watch.ahead.set(notice.seq, notice);
          this.tell(watch);
          // A long absence is made good for in several answers.
          const goesOn = watch.seq > known && watch.seq < answer.value.seq;
          if (goesOn || watch.askAgain) this.askOnceMore(watch);
        },
        () => {
          watch.isAsking = false;
          // Cut off while asking: the next connection asks; a connection that only is slow is asked again.
          if (this.socket.connected && this.watches.get(watch.paper) === watch) this.askOnceMore(watch);
        },
      );
  }

  private askOnceMore(watch: Watch): void {
    watch.askAgain = false;
    this.ask(watch);
  }

  private hear(notice: PaperNotice): void {
    const watch = this.watches.get(notice.paper);
    if (watch === undefined || notice.seq <= watch.seq) return;
    watch.ahead.set(notice.seq, notice);
    this.tell(watch);
    if (watch.ahead.size > 0) this.ask(watch);
  }

  private tell(watch: Watch): void {
    for (;;) {
      const notice = watch.ahead.get(watch.seq + 1);
      if (notice === undefined) break;
      watch.ahead.delete(notice.seq);
      watch.seq = notice.seq;
      watch.listener.notice?.(notice);
    }
    for (const seq of watch.ahead.keys()) if (seq <= watch.seq) watch.ahead.delete(seq);
  }
}
