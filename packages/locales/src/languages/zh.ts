import {messages as common} from '../areas/common/zh.ts';
import {messages as words} from '../areas/words/zh.ts';
import {messages as refusals} from '../areas/refusals/zh.ts';
import {messages as front} from '../areas/front/zh.ts';
import {messages as people} from '../areas/people/zh.ts';
import {messages as consultations} from '../areas/consultations/zh.ts';
import {messages as papers} from '../areas/papers/zh.ts';
import {messages as comments} from '../areas/comments/zh.ts';
import {messages as revisions} from '../areas/revisions/zh.ts';
import {messages as sessions} from '../areas/sessions/zh.ts';
import {messages as reading} from '../areas/reading/zh.ts';
import {messages as follow} from '../areas/follow/zh.ts';
import {messages as server} from '../areas/server/zh.ts';
import {messages as exchange} from '../areas/exchange/zh.ts';
import {messages as minutes} from '../areas/minutes/zh.ts';
import {messages as ledger} from '../areas/ledger/zh.ts';
import {messages as verifier} from '../areas/verifier/zh.ts';

export const messages = {
  ...common,
  ...words,
  ...refusals,
  ...front,
  ...people,
  ...consultations,
  ...papers,
  ...comments,
  ...revisions,
  ...sessions,
  ...reading,
  ...follow,
  ...server,
  ...exchange,
  ...minutes,
  ...ledger,
  ...verifier,
};
