import {afterAll, beforeAll, describe} from 'vitest';
import {commentContract} from './comments/comments.contract.ts';
import {consultationContract} from './consultations/consultations.contract.ts';
import {invitationContract} from './invitations/invitations.contract.ts';
import {ledgerContract} from './ledger/ledger.contract.ts';
import {memberContract} from './members/members.contract.ts';
import {organisationContract} from './organisations/organisations.contract.ts';
import {paperContract} from './papers/papers.contract.ts';
import {revisionContract} from './revisions/revisions.contract.ts';
import {sessionContract} from './sessions/sessions.contract.ts';
import type {Store} from './store.ts';
import {testDatabases} from './testing/test-databases.ts';
import {updateContract} from './updates/updates.contract.ts';

for (const database of testDatabases()) {
  describe(`on ${database.name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await database.open();
    });
    afterAll(() => database.drop());

    const the = () => store;
    /** A second server where the database allows one, else the same once more. */
    const another = async () => (database.shared ? database.open() : store);
    memberContract(the);
    organisationContract(the);
    consultationContract(the);
    invitationContract(the);
    paperContract(the);
    commentContract(the);
    revisionContract(the);
    sessionContract(the, another);
    ledgerContract(the, another);
    updateContract(the, another);
  });
}
