# syntax=docker/dockerfile:1

FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
COPY . .
# `bina` carries SQLite, its cryptography and Swagger UI; only the C library of the base image is linked.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --locked --release --bin bina \
 && install -D --strip target/release/bina /image/usr/local/bin/bina \
 && install -d /image/var/lib/bina

# No shell, no package manager; user and group 65532.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build --chown=root:root /image/usr/ /usr/
COPY --from=build --chown=65532:65532 /image/var/lib/bina /var/lib/bina
ENV BINA_ADDR=0.0.0.0:8080
EXPOSE 8080
VOLUME /var/lib/bina
WORKDIR /var/lib/bina
USER 65532:65532
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["/usr/local/bin/bina", "health", "--addr", "127.0.0.1:8080"]
ENTRYPOINT ["/usr/local/bin/bina"]
CMD ["serve"]
