CREATE TABLE "comment_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"thread" text NOT NULL,
	"paper" text NOT NULL,
	"place" integer NOT NULL,
	"key" text NOT NULL,
	"author" text NOT NULL,
	"organisation" text,
	"role" text NOT NULL,
	"at" bigint NOT NULL,
	"text" text,
	"salt" "bytea",
	"withdrawn_at" bigint,
	"hidden_by" text,
	"hidden_at" bigint,
	"hidden_reason" text,
	CONSTRAINT "comment_entries_once" UNIQUE("paper","author","key"),
	CONSTRAINT "comment_entries_in_thread" UNIQUE("thread","place")
);
--> statement-breakpoint
CREATE TABLE "comment_mentions" (
	"entry" text NOT NULL,
	"member" text NOT NULL,
	CONSTRAINT "comment_mentions_entry_member_pk" PRIMARY KEY("entry","member")
);
--> statement-breakpoint
CREATE TABLE "comment_threads" (
	"id" text PRIMARY KEY NOT NULL,
	"paper" text NOT NULL,
	"anchor" jsonb NOT NULL,
	"author" text NOT NULL,
	"created_at" bigint NOT NULL,
	"resolved_by" text,
	"resolved_at" bigint,
	"change" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "comment_entries" ADD CONSTRAINT "comment_entries_thread_comment_threads_id_fk" FOREIGN KEY ("thread") REFERENCES "public"."comment_threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_entries" ADD CONSTRAINT "comment_entries_paper_papers_id_fk" FOREIGN KEY ("paper") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_entries" ADD CONSTRAINT "comment_entries_author_members_id_fk" FOREIGN KEY ("author") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_entries" ADD CONSTRAINT "comment_entries_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_entries" ADD CONSTRAINT "comment_entries_hidden_by_members_id_fk" FOREIGN KEY ("hidden_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_mentions" ADD CONSTRAINT "comment_mentions_entry_comment_entries_id_fk" FOREIGN KEY ("entry") REFERENCES "public"."comment_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_mentions" ADD CONSTRAINT "comment_mentions_member_members_id_fk" FOREIGN KEY ("member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_threads" ADD CONSTRAINT "comment_threads_paper_papers_id_fk" FOREIGN KEY ("paper") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_threads" ADD CONSTRAINT "comment_threads_author_members_id_fk" FOREIGN KEY ("author") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_threads" ADD CONSTRAINT "comment_threads_resolved_by_members_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comment_threads_by_paper" ON "comment_threads" USING btree ("paper","change");