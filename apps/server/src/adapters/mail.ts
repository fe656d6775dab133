import {randomUUID} from 'node:crypto';
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {createTransport} from 'nodemailer';

export interface Message {
  readonly to: string;
  readonly subject: string;
  /** Plain text; there is no other kind. */
  readonly text: string;
}

export interface Mail {
  send(message: Message): Promise<void>;
  close(): void;
}

/** `smtp:` and `smtps:` send; `folder:` writes each message as a file, for trying things out. */
export function openMail(mailUrl: string, from: string): Mail {
  if (mailUrl.startsWith('folder:')) return folderMail(mailUrl.slice('folder:'.length), from);
  const transport = createTransport(mailUrl);
  return {
    async send(message) {
      await transport.sendMail({...message, from, disableFileAccess: true, disableUrlAccess: true});
    },
    close: () => transport.close(),
  };
}

function folderMail(folder: string, from: string): Mail {
  const transport = createTransport({streamTransport: true, buffer: true, newline: 'unix'});
  return {
    async send(message) {
      const {message: bytes} = await transport.sendMail({...message, from});
      await mkdir(folder, {recursive: true});
      await writeFile(join(folder, `${Date.now()}-${randomUUID()}.eml`), bytes as Buffer, {mode: 0o600});
    },
    close: () => transport.close(),
  };
}
