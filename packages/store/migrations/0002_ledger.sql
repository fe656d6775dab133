CREATE TABLE "ledger_checkpoints" (
	"size" bigint PRIMARY KEY NOT NULL,
	"root" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	"key" text NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"public_key" "bytea" NOT NULL,
	"serves_from" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "erased_at" bigint;--> statement-breakpoint
ALTER TABLE "ledger_checkpoints" ADD CONSTRAINT "ledger_checkpoints_key_ledger_keys_id_fk" FOREIGN KEY ("key") REFERENCES "public"."ledger_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_entries_by_member" ON "ledger_entries" USING btree (("actor" ->> 'member'),"index");