package org.postrider.app.config;

import java.nio.file.Path;

/// A certificate chain and its private key, each a PEM file.
public record PemFiles(Path certificate, Path key) {}
