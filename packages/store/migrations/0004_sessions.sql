CREATE TABLE "session_counts" (
	"poll" text NOT NULL,
	"choice" text NOT NULL,
	"session" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "session_counts_poll_choice_pk" PRIMARY KEY("poll","choice")
);
--> statement-breakpoint
CREATE TABLE "session_keys" (
	"session" text NOT NULL,
	"member" text NOT NULL,
	"key" text NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "session_keys_session_member_key_pk" PRIMARY KEY("session","member","key")
);
--> statement-breakpoint
CREATE TABLE "session_texts" (
	"id" text PRIMARY KEY NOT NULL,
	"session" text NOT NULL,
	"salt" "bytea",
	"words" text,
	"hidden" text
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"consultation" text NOT NULL,
	"title" text NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"zone" text NOT NULL,
	"life" text NOT NULL,
	"policy" text NOT NULL,
	"embargo_until" bigint,
	"seq" integer NOT NULL,
	CONSTRAINT "sessions_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
ALTER TABLE "session_counts" ADD CONSTRAINT "session_counts_session_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_keys" ADD CONSTRAINT "session_keys_session_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_keys" ADD CONSTRAINT "session_keys_member_members_id_fk" FOREIGN KEY ("member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_texts" ADD CONSTRAINT "session_texts_session_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_consultation_consultations_id_fk" FOREIGN KEY ("consultation") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "session_counts_by_session" ON "session_counts" USING btree ("session");--> statement-breakpoint
CREATE INDEX "session_texts_by_session" ON "session_texts" USING btree ("session");--> statement-breakpoint
CREATE INDEX "sessions_by_consultation" ON "sessions" USING btree ("consultation","starts_at");