CREATE TABLE "session_answered" (
	"poll" text PRIMARY KEY NOT NULL,
	"session" text NOT NULL,
	"tokens" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "comment_entries" ADD COLUMN "edited_at" bigint;--> statement-breakpoint
ALTER TABLE "session_answered" ADD CONSTRAINT "session_answered_session_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;