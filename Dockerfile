# One process that serves everything. The same image runs the command line: `docker compose run --rm plenary plenary …`.
FROM node:20-bookworm-slim AS built
WORKDIR /plenary
COPY . .
RUN npm run build

FROM node:20-bookworm-slim
WORKDIR /plenary
COPY --from=built --chown=node:node /plenary /plenary
RUN mkdir /data && chown node:node /data \
  && printf '#!/bin/sh\nexec node /plenary/apps/server/dist/plenary.js "$@"\n' > /usr/local/bin/plenary \
  && chmod +x /usr/local/bin/plenary
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --start-period=60s CMD node -e "fetch('http://127.0.0.1:3000/readyz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
# SIGTERM drains: writers are told when to come back, and what they sent is stored first.
STOPSIGNAL SIGTERM
CMD ["node", "apps/server/dist/serve.js"]
