// Reads imported files in a thread of its own: a long one takes a second, in which nobody else could type.
import {workInThread} from '../core/thread-work.ts';
import {importSource, type ImportAsked} from './import-source.ts';

workInThread(({source, language}: ImportAsked) => importSource(source, language));
