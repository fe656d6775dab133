// Writes files in a thread of its own: a long paper takes a while to pack, in which nobody else could type.
import type {Exported} from '@plenary/formats/export/exported';
import {exportFormats, type ExportFormatName} from '@plenary/formats/registry';
import {workInThread} from '../core/thread-work.ts';

export interface ExportAsked {
  readonly format: ExportFormatName;
  readonly paper: Exported;
}

workInThread(({format, paper}: ExportAsked) => exportFormats[format].write(paper));
