CREATE TABLE "revisions" (
	"id" text PRIMARY KEY NOT NULL,
	"paper" text NOT NULL,
	"kind" text NOT NULL,
	"number" integer NOT NULL,
	"symbol" text NOT NULL,
	"title" text NOT NULL,
	"sha256" text NOT NULL,
	"issued_at" bigint NOT NULL,
	"issued_by" text,
	"seq" bigint NOT NULL,
	"state" "bytea" NOT NULL,
	"content" jsonb NOT NULL,
	"canonical" text NOT NULL,
	CONSTRAINT "revisions_by_symbol" UNIQUE("paper","symbol"),
	CONSTRAINT "revisions_by_number" UNIQUE("paper","kind","number")
);
--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_paper_papers_id_fk" FOREIGN KEY ("paper") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_issued_by_members_id_fk" FOREIGN KEY ("issued_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "revisions_by_paper" ON "revisions" USING btree ("paper","issued_at");