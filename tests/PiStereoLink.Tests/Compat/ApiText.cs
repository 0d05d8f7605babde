using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PiStereoLink.Tests.Compat;

/// <summary>Writes the public surface of an assembly as text, one member per line, as C# would declare it.</summary>
/// <remarks>
/// What a caller can see is written: names, types, nullability, defaults, constraints, enum values.
/// What differs without a caller noticing is left out: base classes (members are flattened), sealed, init against set,
/// the members that a record writes by itself.
/// </remarks>
internal static class ApiText
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private static readonly HashSet<string> WrittenByRecords = ["ToString", "Equals", "GetHashCode", "GetType", "Deconstruct", "<Clone>$", "op_Equality", "op_Inequality"];

    private static readonly Dictionary<Type, string> Keywords = new (Type Type, string Keyword)[]
    {
        (typeof(void), "void"), (typeof(object), "object"), (typeof(string), "string"), (typeof(bool), "bool"), (typeof(char), "char"),
        (typeof(sbyte), "sbyte"), (typeof(short), "short"), (typeof(int), "int"), (typeof(long), "long"), (typeof(nint), "nint"),
        (typeof(byte), "byte"), (typeof(ushort), "ushort"), (typeof(uint), "uint"), (typeof(ulong), "ulong"), (typeof(nuint), "nuint"),
        (typeof(float), "float"), (typeof(double), "double"), (typeof(decimal), "decimal"),
    }.ToDictionary(pair => pair.Type, pair => pair.Keyword);

    public static SortedSet<string> Of(Assembly assembly) => new(assembly.GetExportedTypes().SelectMany(Of), StringComparer.Ordinal);

    private static IEnumerable<string> Of(Type type)
    {
        var name = Bare(type);
        yield return $"{name}: {Kind(type)}";
        foreach (var member in type.GetMembers(Everything))
            if (Line(type, member) is { } line)
                yield return $"{name}: {line}";
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : type is { IsAbstract: true, IsSealed: true } ? "static class" : "class";

    private static string? Line(Type type, MemberInfo member)
    {
        if (WrittenByRecords.Contains(member.Name) || member.DeclaringType!.Assembly != type.Assembly)
            return null;
        var line = member switch
        {
            FieldInfo { IsSpecialName: true } => null, // an enum's value__
            FieldInfo field when type.IsEnum => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}",
            FieldInfo field => $"{Modifier(field.IsStatic, field.IsLiteral, field.IsInitOnly)}{Annotated(new NullabilityInfoContext().Create(field))} {field.Name}{Constant(field)}",
            PropertyInfo property => Line(property),
            ConstructorInfo constructor => $"new({Parameters(constructor)})",
            MethodInfo method => Line(method),
            _ => null,
        };
        return line is not null && member.IsDefined(typeof(ObsoleteAttribute)) ? $"[obsolete] {line}" : line;
    }

    private static string Modifier(bool isStatic, bool isConstant, bool isReadOnly) =>
        isConstant ? "const " : (isStatic ? "static " : "") + (isReadOnly ? "readonly " : "");

    private static string Constant(FieldInfo field) => field.IsLiteral ? $" = {Value(field.GetRawConstantValue(), field.FieldType)}" : "";

    private static string Line(PropertyInfo property)
    {
        var accessors = string.Concat(property.GetMethod?.IsPublic == true ? "get; " : "", property.SetMethod?.IsPublic == true ? "set; " : "");
        var isStatic = (property.GetMethod ?? property.SetMethod)!.IsStatic ? "static " : "";
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        return $"{isStatic}{Annotated(new NullabilityInfoContext().Create(property))} {name} {{ {accessors}}}";
    }

    private static string? Line(MethodInfo method)
    {
        if (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
            return null; // accessors are seen through their property
        var returns = (method.ReturnType.IsByRef ? "ref " : "") + Annotated(new NullabilityInfoContext().Create(method.ReturnParameter));
        var isStatic = method.IsStatic ? "static " : "";
        return method.Name switch
        {
            "op_Implicit" => $"static implicit operator {returns}({Parameters(method)})",
            "op_Explicit" => $"static explicit operator {returns}({Parameters(method)})",
            _ => $"{isStatic}{returns} {method.Name}{Generics(method)}({Parameters(method)}){Constraints(method)}",
        };
    }

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Constraints(MethodInfo method) => string.Concat(method.GetGenericArguments().Select(Constraint));

    private static string Constraint(Type argument)
    {
        if (argument.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "IsUnmanagedAttribute"))
            return $" where {argument.Name} : unmanaged";
        return argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) ? $" where {argument.Name} : struct" : "";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passing = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var value = parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue, parameter.ParameterType)}" : "";
        return $"{passing}{Annotated(new NullabilityInfoContext().Create(parameter))} {parameter.Name}{value}";
    }

    private static string Value(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // The annotation `?` of a reference type is in attributes, that of a value type in the type itself.
    private static string Annotated(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Bare(underlying) + "?";
        var mark = !type.IsValueType && !type.IsGenericParameter && !type.IsPointer && info.ReadState == NullabilityState.Nullable ? "?" : "";
        if (info.ElementType is { } element && type.IsArray)
            return $"{Annotated(element)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (!type.IsGenericType || info.GenericTypeArguments.Length == 0)
            return Bare(type) + mark;
        return $"{Bare(type).Split('<')[0]}<{string.Join(", ", info.GenericTypeArguments.Select(Annotated))}>{mark}";
    }

    private static string Bare(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsArray)
            return $"{Bare(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsPointer)
            return Bare(type.GetElementType()!) + "*";
        if (type.IsGenericType)
            return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Bare))}>";
        // Two namespaces own a Range, and a caller who imports both must say which.
        return type.Name == nameof(Range) ? $"{type.Namespace}.Range" : type.IsNested && !type.IsGenericParameter ? $"{Bare(type.DeclaringType!)}.{type.Name}" : type.Name;
    }
}
