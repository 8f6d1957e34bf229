package org.postrider.app.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.ToolProvider;

/// What the compiler's parser says of every source file: comments and strings cannot deceive it.
///
/// @param types every declared type, nested ones included
/// @param methods every method and constructor
/// @param selections every `a.b` in code, as written
/// @param calls every call of a method of something
/// @param annotations every annotation, as written
/// @param imports every import
record JavaSources(
        List<Named> types,
        List<Method> methods,
        List<Named> selections,
        List<Call> calls,
        List<Named> annotations,
        List<Named> imports) {

    /// Something with a name at a place.
    record Named(Path file, long line, String name) {}

    record Method(Path file, long line, String name, long lines) {}

    /// `….method(arguments)`.
    record Call(Path file, long line, String method, List<String> arguments) {}

    static JavaSources of(List<Path> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var sources =
                new JavaSources(
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        try (var fileManager = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    fileManager,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    fileManager.getJavaFileObjectsFromPaths(files));
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                new Reader(unit, positions, sources).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private static final class Reader extends TreeScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final JavaSources sources;
        private final Path file;

        Reader(CompilationUnitTree unit, SourcePositions positions, JavaSources sources) {
            this.unit = unit;
            this.positions = positions;
            this.sources = sources;
            this.file = Path.of(unit.getSourceFile().toUri());
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            var name = type.getSimpleName().toString();
            if (!name.isEmpty()) {
                sources.types.add(named(type, name));
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            lines(method)
                    .ifPresent(lines ->
                            sources.methods.add(
                                    new Method(
                                            file,
                                            line(method),
                                            method.getName().toString(),
                                            lines)));
            return super.visitMethod(method, null);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree selection, Void unused) {
            sources.selections.add(named(selection, selection.toString()));
            return super.visitMemberSelect(selection, null);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
            if (call.getMethodSelect() instanceof MemberSelectTree selection) {
                var arguments = call.getArguments().stream().map(Tree::toString).toList();
                sources.calls.add(
                        new Call(
                                file, line(call), selection.getIdentifier().toString(), arguments));
            }
            return super.visitMethodInvocation(call, null);
        }

        @Override
        public Void visitAnnotation(AnnotationTree annotation, Void unused) {
            sources.annotations.add(named(annotation, annotation.getAnnotationType().toString()));
            return super.visitAnnotation(annotation, null);
        }

        @Override
        public Void visitImport(ImportTree imported, Void unused) {
            sources.imports.add(named(imported, imported.getQualifiedIdentifier().toString()));
            return super.visitImport(imported, null);
        }

        private Named named(Tree tree, String name) {
            return new Named(file, line(tree), name);
        }

        private long line(Tree tree) {
            return lineAt(positions.getStartPosition(unit, tree));
        }

        /// How many lines a method takes; nothing for what the compiler adds itself.
        private Optional<Long> lines(MethodTree method) {
            var end = positions.getEndPosition(unit, method);
            return end < 0 ? Optional.empty() : Optional.of(lineAt(end) - line(method) + 1);
        }

        private long lineAt(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
