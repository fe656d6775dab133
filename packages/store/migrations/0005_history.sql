CREATE TABLE "moments" (
	"paper" integer NOT NULL,
	"seq" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "moments_paper_seq_pk" PRIMARY KEY("paper","seq")
);
