"""The register file (农户花名册, datasets.md section 5): read, judged, written set-wise, taken back."""
