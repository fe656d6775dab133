import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {};
