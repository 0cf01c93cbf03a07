import static java.lang.constant.ConstantDescs.*;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Writes out what `javac` leaves to the run time: the choice of a pattern switch, and `equals`, `hashCode` and
/// `toString` of records. The AOT cache of JDK 25 keeps what lambdas and string concatenation need, but not these two:
/// each call site spins method handles and classes when it is first reached, 30 ms in all, in a process that should
/// take that long altogether. The sources may use the language as it is, and the image does not pay for it.
///
/// Afterwards no class has such a call site; a form that is not known here fails the build of the image.
final class Unroll {
    private static final String SWITCHES = "SwitchBootstraps";
    private static final String RECORDS = "ObjectMethods";

    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final Map<ClassDesc, ClassDesc> BOXES = Map.of(
            CD_boolean, CD_Boolean, CD_byte, CD_Byte, CD_char, CD_Character, CD_short, CD_Short,
            CD_int, CD_Integer, CD_long, CD_Long, CD_float, CD_Float, CD_double, CD_Double);

    private final ClassModel model;
    private final ClassDesc self;
    private final List<Written> methods = new ArrayList<>();

    /// A private static method in place of a call site.
    private record Written(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

    /// A component of a record, as its call sites name it: by a getter of its field.
    private record Component(String name, ClassDesc type) {
        boolean isPrimitive() {
            return type.isPrimitive();
        }
    }

    private Unroll(ClassModel model) {
        this.model = model;
        this.self = model.thisClass().asSymbol();
    }

    /// @param hierarchy finds the class files of the other classes, to merge types where branches meet
    static byte[] unrolled(byte[] bytes, ClassHierarchyResolver hierarchy) {
        var files = ClassFile.of(ClassHierarchyResolverOption.of(
                hierarchy.orElse(ClassHierarchyResolver.defaultResolver())));
        var unroll = new Unroll(files.parse(bytes));
        var changed = files.transformClass(unroll.model, unroll.transform());
        return unroll.methods.isEmpty() ? bytes : changed;
    }

    private ClassTransform transform() {
        return ClassTransform.transformingMethodBodies(this::rewrite).andThen(ClassTransform.endHandler(builder -> {
            int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
            methods.forEach(method -> builder.withMethodBody(method.name, method.type, flags, method.body));
        }));
    }

    private void rewrite(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeDynamicInstruction site) {
            var bootstrap = site.bootstrapMethod().owner().displayName();
            if (bootstrap.equals(SWITCHES) || bootstrap.equals(RECORDS)) {
                var body = bootstrap.equals(SWITCHES) ? choice(site) : ofRecord(site);
                var method = new Written("$" + site.name().stringValue() + methods.size(), site.typeSymbol(), body);
                methods.add(method);
                code.invokestatic(self, method.name, method.type, model.flags().has(AccessFlag.INTERFACE));
                return;
            }
        }
        code.with(element);
    }

    /// `(object, first)`: the number of the first label from `first` on that the object is an instance of, the number
    /// of labels if there is none, -1 for null.
    private Consumer<CodeBuilder> choice(InvokeDynamicInstruction site) {
        var labels = site.bootstrapArgs();
        if (!labels.stream().allMatch(ClassDesc.class::isInstance)) {
            throw new IllegalStateException("a switch over more than types in " + self.displayName() + ": " + labels);
        }
        return code -> {
            var present = code.newLabel();
            code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
            for (int i = 0; i < labels.size(); i++) {
                var next = code.newLabel();
                code.iload(1).loadConstant(i).if_icmpgt(next);
                code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
                code.loadConstant(i).ireturn().labelBinding(next);
            }
            code.loadConstant(labels.size()).ireturn();
        };
    }

    private Consumer<CodeBuilder> ofRecord(InvokeDynamicInstruction site) {
        var components = components(site.bootstrapArgs());
        return switch (site.name().stringValue()) {
            case "equals" -> code -> equal(code, components);
            case "hashCode" -> code -> hash(code, components);
            case "toString" -> code -> print(code, components);
            default -> throw new IllegalStateException(site + " in " + self.displayName());
        };
    }

    /// The arguments: the record's class, its component's names with `;` between them, a getter each.
    private static List<Component> components(List<ConstantDesc> arguments) {
        var names = ((String) arguments.get(1)).split(";");
        var components = new ArrayList<Component>();
        for (int i = 2; i < arguments.size(); i++) {
            var getter = (DirectMethodHandleDesc) arguments.get(i);
            components.add(new Component(names[i - 2], getter.invocationType().returnType()));
        }
        return components;
    }

    private void equal(CodeBuilder code, List<Component> components) {
        var different = code.newLabel();
        code.aload(1).instanceOf(self).ifeq(different);
        for (Component component : components) {
            code.aload(0).getfield(self, component.name, component.type);
            code.aload(1).checkcast(self).getfield(self, component.name, component.type);
            skipUnlessEqual(code, component, different);
        }
        code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
    }

    private static void skipUnlessEqual(CodeBuilder code, Component component, Label different) {
        if (component.isPrimitive()) {
            var compare = MethodTypeDesc.of(CD_int, component.type, component.type);
            code.invokestatic(BOXES.get(component.type), "compare", compare).ifne(different);
        } else {
            code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object)).ifeq(different);
        }
    }

    private void hash(CodeBuilder code, List<Component> components) {
        code.iconst_0();
        for (Component component : components) {
            code.loadConstant(31).imul().aload(0).getfield(self, component.name, component.type);
            if (component.isPrimitive()) {
                code.invokestatic(BOXES.get(component.type), "hashCode", MethodTypeDesc.of(CD_int, component.type));
            } else {
                code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
            }
            code.iadd();
        }
        code.ireturn();
    }

    private void print(CodeBuilder code, List<Component> components) {
        code.loadConstant(self.displayName().substring(self.displayName().lastIndexOf('$') + 1) + "[");
        var separator = "";
        for (Component component : components) {
            code.loadConstant(separator + component.name + "=");
            concat(code);
            code.aload(0).getfield(self, component.name, component.type);
            code.invokestatic(CD_String, "valueOf", MethodTypeDesc.of(CD_String, printable(component.type)));
            concat(code);
            separator = ", ";
        }
        code.loadConstant("]");
        concat(code);
        code.areturn();
    }

    private static void concat(CodeBuilder code) {
        code.invokevirtual(CD_String, "concat", MethodTypeDesc.of(CD_String, CD_String));
    }

    /// The parameter of the `String.valueOf` that takes such a value.
    private static ClassDesc printable(ClassDesc type) {
        return switch (TypeKind.from(type)) {
            case REFERENCE -> CD_Object;
            case BYTE, SHORT -> CD_int;
            default -> type;
        };
    }
}
