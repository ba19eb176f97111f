using System.Text;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>Eclipse Tahu's encoder and decoder for JavaScript at the other end.</summary>
public sealed class TahuTests
{
    private const string Show = """
        const show = v => v === null || v === undefined ? 'null' : v instanceof Uint8Array ? Buffer.from(v).toString('hex')
            : typeof v === 'object' && 'unsigned' in v ? v.toString()
            : typeof v === 'object' ? '{' + Object.keys(v).map(k => k + ':' + show(v[k])).join(' ') + '}' : String(v);
        const p = tahu.decodePayload(Buffer.from(args[0], 'hex'));
        console.log([p.timestamp, p.seq, p.uuid, p.body].map(show).join(' '));
        for (const m of p.metrics ?? [])
            console.log([m.name, m.alias, m.timestamp, m.type, m.value, m.isHistorical, m.isTransient, m.metadata, m.properties].map(show).join(' '));
        """;

    private const string Encode = "for (const a of args) console.log(Buffer.from(tahu.encodePayload(eval('(' + a + ')'))).toString('hex'));";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Tahu_reads_values_of_every_type_that_we_write()
    {
        var payload = new PayloadFacts(1_486_144_502_122, 255, "schema", "0102",
            Metric(SparkplugType.Int8, Int(-128)),
            Metric(SparkplugType.Int16, Int(-32768)),
            Metric(SparkplugType.Int32, Int(int.MinValue)),
            Metric(SparkplugType.Int64, Long(long.MinValue)),
            Metric(SparkplugType.UInt8, Int(255)),
            Metric(SparkplugType.UInt16, Int(65535)),
            Metric(SparkplugType.UInt64, Long(-1)),
            Metric(SparkplugType.Float, new(SparkplugValueKind.Float, BitConverter.SingleToUInt32Bits(-19.5f), "")),
            Metric(SparkplugType.Double, new(SparkplugValueKind.Double, BitConverter.DoubleToUInt64Bits(0.1), "")),
            Metric(SparkplugType.Boolean, new(SparkplugValueKind.Boolean, 1, "")),
            Metric(SparkplugType.String, Text("salle é")),
            Metric(SparkplugType.DateTime, Long(1_486_144_502_122)),
            Metric(SparkplugType.Text, Text("")),
            Metric(SparkplugType.Uuid, Text("6f9619ff-8b86-d011-b42d-00c04fc964ff")),
            Metric(SparkplugType.Bytes, new(SparkplugValueKind.Bytes, 0, "00FF10")),
            Metric(SparkplugType.File, new(SparkplugValueKind.Bytes, 0, "01")));

        (await TahuPeer.Run(Show, [Convert.ToHexString(payload.Bytes())], Stop)).ShouldBe(
        [
            "1486144502122 255 schema 0102",
            "m 9 7 Int8 -128 null null null null",
            "m 9 7 Int16 -32768 null null null null",
            "m 9 7 Int32 -2147483648 null null null null",
            "m 9 7 Int64 -9223372036854775808 null null null null",
            "m 9 7 UInt8 255 null null null null",
            "m 9 7 UInt16 65535 null null null null",
            "m 9 7 UInt64 18446744073709551615 null null null null",
            "m 9 7 Float -19.5 null null null null",
            "m 9 7 Double 0.1 null null null null",
            "m 9 7 Boolean true null null null null",
            "m 9 7 String salle é null null null null",
            "m 9 7 DateTime 1486144502122 null null null null",
            "m 9 7 Text  null null null null",
            "m 9 7 UUID 6f9619ff-8b86-d011-b42d-00c04fc964ff null null null null",
            "m 9 7 Bytes 00ff10 null null null null",
            "m 9 7 File 01 null null null null",
        ]);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Tahu_reads_late_data_nulls_metadata_and_properties_that_we_write()
    {
        var payload = new PayloadFacts(1, 0, "", "",
            new MetricFacts("a", SparkplugType.Double, ValueFacts.None) { IsNull = true, IsHistorical = true, IsTransient = true, Description = "d", Size = 5 },
            new MetricFacts("b", SparkplugType.Int32, Int(-1))
            {
                Properties =
                [
                    .. PropertyFacts.All(new SparkplugPropertyList().Add("engUnit", "°C").Add("engLow", -30.5).Add(SparkplugQuality.Stale).Properties),
                    new("none", SparkplugType.String, ValueFacts.None),
                    new("in", SparkplugType.PropertySet, ValueFacts.None, new PropertyFacts("n", SparkplugType.Int16, Int(-2))),
                ],
            });

        (await TahuPeer.Run(Show, [Convert.ToHexString(payload.Bytes())], Stop)).ShouldBe(
        [
            "1 0 null null",
            "a null null Double null true true {isMultiPart:true contentType: size:5 seq:0 fileName: fileType: md5: description:d} null",
            "b null null Int32 -1 null null null {engUnit:{value:°C type:String} engLow:{value:-30.5 type:Double} Quality:{value:500 type:Int32} "
                + "none:{value:null type:String} in:{value:{n:{value:-2 type:Int16}} type:PropertySet}}",
        ]);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Tahu_for_JavaScript_misses_UInt32_where_the_specification_wants_it()
    {
        var payload = new PayloadFacts(1, 0, "", "", Metric(SparkplugType.UInt32, Int(5)));

        (await TahuPeer.Run(Show, [Convert.ToHexString(payload.Bytes())], Stop))[1].ShouldBe("m 9 7 UInt32 null null null null null");
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData("Int8", "-128", SparkplugType.Int8, -128.0)]
    [InlineData("Int16", "-32768", SparkplugType.Int16, -32768.0)]
    [InlineData("Int32", "-2147483648", SparkplugType.Int32, (double)int.MinValue)]
    [InlineData("Int64", "-5", SparkplugType.Int64, -5.0)]
    [InlineData("UInt8", "255", SparkplugType.UInt8, 255.0)]
    [InlineData("UInt16", "65535", SparkplugType.UInt16, 65535.0)]
    [InlineData("UInt32", "4294967295", SparkplugType.UInt32, 4294967295.0)]
    [InlineData("UInt64", "9007199254740992", SparkplugType.UInt64, 9007199254740992.0)]
    [InlineData("Float", "-19.5", SparkplugType.Float, -19.5)]
    [InlineData("Double", "0.1", SparkplugType.Double, 0.1)]
    public async Task We_read_numbers_that_Tahu_writes(string type, string value, SparkplugType expectedType, double expected)
    {
        var metric = await Written($"{{name:'m',type:'{type}',value:{value},timestamp:7,alias:9}}");

        (metric.Name, metric.Type, metric.Timestamp, metric.Alias).ShouldBe(("m", expectedType, 7ul, 9ul));
        metric.Value.Value().TryNumber(expectedType, out var number).ShouldBeTrue();
        number.ShouldBe(expected);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task We_read_what_else_Tahu_writes()
    {
        (await Written("{name:'m',type:'UInt64',value:{low:-1,high:-1,unsigned:true},isHistorical:true,isTransient:true}"))
            .ToString().ShouldBe(new MetricFacts("m", SparkplugType.UInt64, Long(-1)) { IsHistorical = true, IsTransient = true }.ToString());
        (await Written("{name:'m',type:'Boolean',value:true}")).Value.ShouldBe(new(SparkplugValueKind.Boolean, 1, ""));
        (await Written("{name:'m',type:'String',value:'salle é'}")).Value.ShouldBe(Text("salle é"));
        (await Written("{name:'m',type:'DateTime',value:1486144502122}")).Value.ShouldBe(Long(1_486_144_502_122));
        (await Written("{name:'m',type:'UUID',value:'u'}")).Type.ShouldBe(SparkplugType.Uuid);
        (await Written("{name:'m',type:'Bytes',value:new Uint8Array([0,255])}")).Value.ShouldBe(new(SparkplugValueKind.Bytes, 0, "00FF"));
        var none = await Written("{name:'m',type:'Double',value:null}");
        (none.IsNull, none.Value).ShouldBe((true, ValueFacts.None));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task We_read_properties_that_Tahu_writes()
    {
        var metric = await Written("{name:'m',type:'Int32',value:1,metadata:{isMultiPart:true,size:5,description:'d'},"
            + "properties:{engUnit:{type:'String',value:'°C'},Quality:{type:'Int32',value:500},in:{type:'PropertySet',value:{n:{type:'Int16',value:-2}}}}}");

        (metric.Size, metric.Description).ShouldBe((5ul, "d"));
        metric.Properties.Select(property => property.ToString()).ShouldBe(
        [
            new PropertyFacts("engUnit", SparkplugType.String, Text("°C")).ToString(),
            new PropertyFacts("Quality", SparkplugType.Int32, Int(500)).ToString(),
            new PropertyFacts("in", SparkplugType.PropertySet, ValueFacts.None, new PropertyFacts("n", SparkplugType.Int16, Int(-2))).ToString(),
        ]);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Samples_of_tables_and_templates_are_what_Tahu_writes()
    {
        var written = await TahuPeer.Run(Encode,
        [
            "{timestamp:1,seq:2,metrics:[{name:'ds',type:'DataSet',value:{numOfColumns:2,columns:['t','room'],types:['Double','String'],rows:[[21.5,'CP'],[-0.5,'CE1']]}}]}",
            "{timestamp:1,seq:3,metrics:[{name:'tp',type:'Template',value:{version:'v1',templateRef:'Zone',isDefinition:false,"
                + "metrics:[{name:'t',type:'Float',value:19.5,timestamp:7},{name:'in',type:'Template',value:{isDefinition:true,metrics:[{name:'n',type:'Int8',value:-3}]}}],"
                + "parameters:[{name:'area',type:'Double',value:55.5},{name:'label',type:'String',value:'é'}]}}]}",
        ], Stop);

        written.Select(line => line.ToUpperInvariant()).ShouldBe([TahuSamples.DataSet, TahuSamples.Template]);
    }

    private static async Task<MetricFacts> Written(string metric)
    {
        var lines = await TahuPeer.Run(Encode, [$"{{timestamp:1,seq:0,metrics:[{metric}]}}"], Stop);
        return PayloadFacts.Read(Convert.FromHexString(lines.ShouldHaveSingleItem())).Metrics.ShouldHaveSingleItem();
    }

    private static MetricFacts Metric(SparkplugType type, ValueFacts value) => new("m", type, value) { Alias = 9, Timestamp = 7 };

    private static ValueFacts Int(int value) => new(SparkplugValueKind.Int, (uint)value, "");

    private static ValueFacts Long(long value) => new(SparkplugValueKind.Long, (ulong)value, "");

    private static ValueFacts Text(string value) => new(SparkplugValueKind.Text, 0, Convert.ToHexString(Encoding.UTF8.GetBytes(value)));
}
