/**
 * Words by which a personal name is known. Written by hand for this project from general knowledge: the most frequent Chinese
 * surnames, and given names frequent in the United States. Not a census; a name that is missing here is still found after a strong cue.
 */

/** Surnames of one character that are seldom the end of another word. */
export const frequentSurnames =
  '王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱林何郭罗羅梁宋郑鄭谢謝韩韓唐冯馮董萧肖程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔崔康毛邱秦江史顾顧侯邵孟龙龍万萬段钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文严嚴施洪陶于马馬高温溫莫倪殷章鲁魯葛韦韋俞翁柳祁樊庄莊颜顏欧歐焦詹毕畢'

/** Surnames that are common words or characters too: believed only after a strong cue. */
export const furtherSurnames =
  '白安车車成单單向古关關管国國和花华華季简簡景孔冷连連凌路骆駱梅苗明木宁寧牛欧歐裴皮平蒲齐齊强強曲全饶饒尚申沈时時舒水司佟屠涂塗万萬卫衛邬鄔伍席项項辛邢幸雪牙燕央阳陽伊衣应應游尤鱼魚原岳云雲臧翟湛张张甄郑支钟种竺祝卓宗左'

export const compoundSurnames = ['欧阳', '歐陽', '司马', '司馬', '上官', '诸葛', '諸葛', '司徒', '夏侯', '皇甫', '尉迟', '公孙', '慕容', '令狐', '端木', '东方', '南宫']

export const givenNames = new Set(
  (
    'james robert john michael david william richard joseph thomas christopher charles daniel matthew anthony mark donald steven andrew paul joshua kenneth kevin brian timothy ronald jason george edward jeffrey ryan jacob nicholas gary eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick jack dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy christian walter keith austin roger terry sean gerald carl dylan harold jordan jesse bryan lawrence arthur gabriel bruce logan billy joe alan juan elijah willie albert wayne randy mason vincent liam roy bobby caleb bradley russell lucas ' +
    'mary patricia jennifer linda elizabeth barbara susan jessica karen sarah lisa nancy sandra betty ashley emily kimberly margaret donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha katherine christine debra rachel carolyn janet maria olivia heather helen catherine diane julie victoria joyce lauren kelly christina joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice ann kathryn abigail sophia frances jean alice judy isabella julia grace amber denise danielle marilyn beverly charlotte natalie theresa diana brittany kayla alexis lori marie ' +
    'bob bill mike tom tim jim joe dan dave steve chris matt nick tony greg jeff ken ron don ray ben sam alex max luis carlos miguel pedro jorge courtney evan derek tommie brad chad craig doug erik ian ivan jared joel josh kurt lance leo marcus mario neil oscar phil rick rob ross shane stan stu ted todd travis troy tammy tina tracy wendy vanessa monica kim kathy jenny jill holly gina erin dawn crystal cindy brooke beth becky april allison alicia'
  ).split(' '),
)

/** English words that follow a cue and are no name. */
export const nameStopWords = new Set(
  'the a an i it its we he she they you my our your his her their this that these those and or but so if when while then as at by for from in of on off to with without into over under not no never is are was were be been being has have had do does did will would can could should may might must after before since until because there here what who which where why how all any some each other another also just only very now today still again back up down out about one two three four five no name owner customer dealer dealership service advisor manager general sales parts shop center centre care case team department tech technician representative corporate consumer affairs porsche hyundai kia nhtsa tesla usa america na told said stated called asked informed advised mentioned explained contacted replied says claims car vehicle driver contact person unknown none n/a redacted xxx xxxx mr mrs ms mx dr messrs'.split(' '),
)

/** Characters that end a run of a Chinese given name: pronouns, particles, verbs and the words of this trade. */
export const notInGivenNames =
  '的了是在和与與有我你您他她它这這那个個位到去来來说說给給把被就也都不没沒从從车車电電手机機号號码碼住址地微打刚剛今昨前后後上下里裡吗嗎呢吧啊先师師女老人家公司客服店们們请請问問想要买買开開坏壞修年月日点點时時候报報告联聯系係很还還再又才能会會让讓叫'
