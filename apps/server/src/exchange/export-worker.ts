// Writes files in a thread of its own: a long paper takes a while to pack, in which nobody else could type.
import type {Language} from '@plenary/domain/languages';
import type {Exported} from '@plenary/formats/export/exported';
import {minutesDocx} from '@plenary/formats/minutes/minutes-docx';
import {minutesText} from '@plenary/formats/minutes/minutes-text';
import type {NamedMinutes} from '@plenary/formats/minutes/named-minutes';
import {exportFormats, type ExportFormatName} from '@plenary/formats/registry';
import {workInThread} from '../core/thread-work.ts';

export type ExportAsked =
  | {readonly format: ExportFormatName; readonly paper: Exported}
  | {readonly minutes: NamedMinutes; readonly language: Language};

workInThread((asked: ExportAsked) =>
  'minutes' in asked
    ? minutesDocx(minutesText(asked.minutes, asked.language))
    : exportFormats[asked.format].write(asked.paper),
);
